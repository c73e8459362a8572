"""Ports that cannot be are told at once, before anything is prepared."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from nhipcau.site import offices, serving


@pytest.mark.parametrize("port", [-1, 0, 65536, 99999])
def test_what_is_no_port_is_told_as_such(port: int) -> None:
    with pytest.raises(serving.PortError, match=f"There is no port {port};"):
        serving.free_port("127.0.0.1", port)


def test_a_demo_whose_port_is_taken_prepares_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NHIPCAU_DATA", str(tmp_path / "data"))
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen(1)
        with pytest.raises(serving.PortError, match="in use by another program"):
            offices.run_demo([], port=taken.getsockname()[1], is_served=True)
    assert not (tmp_path / "data").exists()
