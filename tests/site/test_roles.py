"""Who may do what in the database."""

import pytest
from django.db import connection


@pytest.mark.django_db
def test_the_tests_run_as_the_application_role() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        assert cursor.fetchone() == ("nhipcau_app",)


@pytest.mark.django_db(transaction=True)
def test_the2() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        assert cursor.fetchone() == ("nhipcau_app",)
