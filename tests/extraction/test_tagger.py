"""The trained tagger, its file, and the relations between what it finds."""

import gzip
import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from finemesh.extraction.mentions import read_mentions
from finemesh.extraction.tagger.features import features, is_rank_word, rank_marks, shape
from finemesh.extraction.tagger.lookup import Lookup
from finemesh.extraction.tagger.model import MAX_TOKENS, Model, default_lookup, default_model, read, write
from finemesh.extraction.tagger.relations import relations
from finemesh.extraction.tagger.spans import Tagged, labels_for, labels_to_spans, mend
from finemesh.extraction.tokens import tokenize
from finemesh.model.errors import DataError

NEWS = (
    "The Commander of the 9 Brigade, Brigadier General Sani Bello, told reporters in Kaduna that the troops had left. "
    "Colonel Musa Danladi, the Deputy Director of Army Public Relations, confirmed it. Lt. Col. Peter Eze was there."
)


def found(text):
    return {(m.text, m.type) for m in read_mentions("doc", text)[0]}


def test_people_ranks_roles_and_units():
    assert {
        ("Sani Bello", "person"),
        ("Brigadier General", "rank"),
        ("Musa Danladi", "person"),
        ("Colonel", "rank"),
        ("Peter Eze", "person"),
        ("Commander", "role"),
        ("9 Brigade", "organization"),
    } <= found(NEWS)


def test_relations_between_them():
    mentions, ties = read_mentions("doc", NEWS)
    words = {(m.start, m.end): m.text for m in mentions}
    said = {(t.relation, words[t.person], words[t.other]) for t in ties}
    assert ("has_rank", "Sani Bello", "Brigadier General") in said
    assert ("has_role", "Sani Bello", "Commander") in said
    assert ("is_posted", "Sani Bello", "9 Brigade") in said
    assert ("has_rank", "Musa Danladi", "Colonel") in said


def test_mentions_are_in_order_and_do_not_overlap():
    mentions, _ = read_mentions("doc", NEWS)
    assert all(a.end <= b.start for a, b in itertools.pairwise(mentions))


def test_companies_are_found_where_a_text_is_about_companies():
    text = "Harbour Light Company Limited and Stone Gate Holdings Ltd sold parts to Red Sand Bank."
    assert {("Harbour Light Company Limited", "organization"), ("Red Sand Bank", "organization")} <= found(text)


@pytest.mark.parametrize(
    ("word", "kinds"), [("Army", "Xxx"), ("GOC", "X"), ("82", "d"), ("Brig.-Gen.", "Xxx.-Xxx"), ("McDonald", "XxXxx")]
)
def test_shapes(word, kinds):
    assert shape(word) == kinds


@pytest.mark.parametrize(
    ("word", "is_rank"), [("Lt", True), ("Brig.-Gen.", True), ("Commander", False), ("general", False), ("Major", True)]
)
def test_rank_words(word, is_rank):
    assert is_rank_word(word) is is_rank


def test_a_rank_of_several_words_is_marked_as_one():
    assert rank_marks(tokenize("Major General Sani Bello"))[:2] == ["BR", "IR"]


def test_a_model_written_and_read_is_the_same(tmp_path):
    path = tmp_path / "model.gz"
    labels = ["O", "B-person", "I-person"]
    write(path, labels, {("O", "B-person"): 0.5}, {("w=ann", "B-person"): 2.0, ("w=ann", "O"): -1.0, ("b", "O"): 0.0})
    first = path.read_bytes()
    write(path, labels, {("O", "B-person"): 0.5}, {("w=ann", "O"): -1.0, ("w=ann", "B-person"): 2.0})
    assert path.read_bytes() == first
    model = read(gzip.decompress(first).decode().split("\n"))
    assert model.labels == tuple(labels)
    assert model.tag([["w=ann"], ["nothing"]])[0] == "B-person"


def test_a_file_of_another_version_is_told():
    with pytest.raises(DataError, match="not of this version"):
        read(["finemesh-tagger 99", "O"])


def test_the_best_path_is_the_best_of_all_paths():
    rng = np.random.default_rng(3)
    labels = ("O", "B-x", "I-x")
    weights = rng.normal(size=(6, 3)).astype(np.float32)
    model = Model(labels, {f"f{i}": i for i in range(6)}, weights, rng.normal(size=(3, 3)).astype(np.float32))
    sentence = [["f1"], ["f2", "f3"], ["f4"], ["f5"]]
    scores = np.array([sum(weights[int(f[1])] for f in row) for row in sentence])

    def value(path):
        steps = sum(model.transitions[a, b] for a, b in itertools.pairwise(path))
        return steps + sum(scores[i, label] for i, label in enumerate(path))

    paths = np.stack(np.meshgrid(*[range(3)] * 4), -1).reshape(-1, 4)
    best = max(paths.tolist(), key=value)
    assert model.tag(sentence) == [labels[i] for i in best]


def test_a_long_sentence_is_tagged_in_pieces():
    tokens = tokenize("word " * (2 * MAX_TOKENS + 5))
    assert len(default_model().tag(features(tokens, {}))) == len(tokens)
    assert default_model().tag([]) == []


@given(st.lists(st.booleans(), min_size=1, max_size=12))
def test_labels_and_spans_go_both_ways(marks):
    text = "aa " * len(marks)
    tokens = tokenize(text)
    spans = [Tagged(t.start, t.end, "rank") for t, mark in zip(tokens, marks, strict=True) if mark]
    assert labels_to_spans(tokens, labels_for(tokens, spans)) == spans


def test_names_are_mended():
    text = "Gen. J. Bello spoke"
    assert mend(text, [Tagged(0, 6, "person"), Tagged(8, 13, "person")]) == [Tagged(5, 13, "person")]


def test_a_sentence_without_people_has_no_relations():
    assert relations("Commander of 9 Brigade", [Tagged(0, 9, "role"), Tagged(13, 22, "organization")]) == []


def test_the_fast_lookup_finds_the_same_features():
    text = NEWS + " X. (9) U.S. Maj.-Gen. O'Neil said: “A|B = C” a b c 1 Army"
    slow_seen: dict[str, int] = {}
    fast_seen: dict[str, int] = {}
    for part in (text, "Bello", "", text[:200]):
        tokens = tokenize(part)
        named = features(tokens, slow_seen)
        rows = {name: number for number, name in enumerate(sorted({n for row in named for n in row}), 1) if number % 3}
        fast = Lookup(rows).rows_of(tokens, fast_seen)
        assert [sorted(rows[n] for n in row if n in rows) for row in named] == [sorted(row) for row in fast]
    assert slow_seen == fast_seen


def test_sentences_tagged_together_are_tagged_as_if_alone():
    lookup, model = default_lookup(), default_model()
    lines = [tokenize(text) for text in (NEWS, "Colonel Musa Danladi spoke.", "", "word " * 700, "It rained.")]
    rows = [lookup.rows_of(line, {}) for line in lines]
    assert model.tag_rows(rows) == [model.tag_rows([row])[0] for row in rows]
