@echo off
rem Finds Python 3.11 or later and hands over to tools\run.py, which does everything else.
for %%P in ("py -3" "python" "python3") do (
    %%~P -c "import sys; sys.exit(sys.version_info < (3, 11))" >nul 2>&1 && (
        %%~P "%~dp0tools\run.py" %*
        goto :end
    )
)
echo Nhip Cau needs Python 3.11 or later, and found none: install it from the Microsoft Store. 1>&2
exit /b 1
:end
exit /b %ERRORLEVEL%
