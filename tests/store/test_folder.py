import multiprocessing

import pytest

from finemesh.model.errors import ConflictError, DataError, UserError
from finemesh.store.folder import CaseFolder


def test_a_new_case_is_found_from_below(tmp_path):
    folder = CaseFolder.init(tmp_path / "my case", title='Quotes " and \\ and\nlines')
    (folder.archive / "ab").mkdir()
    assert CaseFolder.find(folder.archive / "ab").root == folder.root.resolve()
    assert folder.settings().title == 'Quotes " and \\ and\nlines'


def test_a_case_is_never_made_over_something(tmp_path):
    CaseFolder.init(tmp_path / "case")
    with pytest.raises(UserError, match="there is a case here already"):
        CaseFolder.init(tmp_path / "case")
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "file").write_text("mine")
    with pytest.raises(UserError, match="not an empty folder"):
        CaseFolder.init(tmp_path / "full")
    (tmp_path / "file").write_text("mine")
    with pytest.raises(UserError, match="not an empty folder"):
        CaseFolder.init(tmp_path / "file")


def test_no_case_is_told_with_what_to_do(tmp_path):
    with pytest.raises(UserError, match="finemesh init"):
        CaseFolder.find(tmp_path)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("title = ", "cannot read the settings"),
        ("colour = 1", "unknown setting: colour"),
        ('authorities = ["XX"]', "unknown authority: 'XX'"),
        ("title = 3", "title must be a text"),
    ],
)
def test_settings_that_cannot_be_are_told(tmp_path, text, said):
    folder = CaseFolder.init(tmp_path / "case")
    (folder.root / "case.toml").write_text(text)
    with pytest.raises(DataError, match=said):
        folder.settings()


def _hold(root, ready, done):
    with CaseFolder(root).lock("build"):
        ready.set()
        done.wait(30)


def test_only_one_process_writes_at_a_time(tmp_path):
    folder = CaseFolder.init(tmp_path / "case")
    context = multiprocessing.get_context("spawn")
    ready, done = context.Event(), context.Event()
    other = context.Process(target=_hold, args=(folder.root, ready, done))
    other.start()
    assert ready.wait(30)
    with pytest.raises(ConflictError, match=r"in use by `finemesh build` \(process \d+\)"), folder.lock("add"):
        pass
    other.kill()
    other.join()
    with folder.lock("add"):
        held = True
    assert held
