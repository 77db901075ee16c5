from finemesh.model import errors


def test_the_tree_of_errors_is_what_its_docstring_draws():
    tree = {c.__name__ for c in errors.FinemeshError.__subclasses__()}
    assert tree == {"UserError", "SourceError", "DataError", "ConflictError"}
    assert all(name in errors.__doc__ for name in tree)


def test_an_error_says_what_where_and_what_to_do():
    error = errors.UserError("no case here", where="/tmp/x", hint="make one")
    assert str(error) == "no case here\n  where: /tmp/x\n  hint:  make one"
