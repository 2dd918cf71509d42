from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.search.small_register import register

from essor.search.document import Document
from essor.search.documents import establishments, organisations
from essor.search.shard import open_shard, shard_in_memory, write_shard

UNKNOWN = Document("besoin-7", name="Sacs", text="Coudre <des> sacs en toile.")
CLOSED = replace(UNKNOWN, id="é", is_industrial_p2=False, is_active=False, is_fictional=True)


@pytest.fixture
def documents():
    return [*organisations(register()), UNKNOWN, CLOSED]


def test_a_document_kept_in_memory_is_read_the_same(documents):
    documents.append(replace(UNKNOWN, id="ê", forms=("machine",)))
    shard = shard_in_memory(documents, {"25": "C"})

    assert [shard.document(rank) for rank in range(len(documents))] == documents


def test_a_document_written_on_the_disk_is_read_the_same(documents, tmp_path):
    write_shard(documents, {"25": "C"}, tmp_path)

    shard = open_shard(tmp_path)

    assert [shard.document(rank) for rank in range(len(documents))] == documents


def test_a_shard_may_have_no_document(tmp_path):
    write_shard([], {}, tmp_path)

    shard = open_shard(tmp_path)

    assert shard.documents == 0
    assert shard.frequency("name", "durand") == 0


@pytest.mark.parametrize("spoilt", ["naf.npy", "ends.npy", "terms.name.starts.npy"])
def test_a_file_cut_short_is_refused(tmp_path, spoilt):
    write_shard(establishments(register()), {}, tmp_path)
    path = tmp_path / spoilt
    path.write_bytes(path.read_bytes()[:-1])

    with pytest.raises(ValueError, match=r"mmap|file"):
        open_shard(tmp_path)


def test_columns_that_count_differently_are_refused(tmp_path):
    write_shard(organisations(register()), {}, tmp_path)
    np.save(tmp_path / "naf.npy", np.zeros(3, np.uint8))

    with pytest.raises(ValueError, match="organisations"):
        open_shard(tmp_path)


@given(st.lists(st.sampled_from("abcdefgh"), unique=True), st.sets(st.sampled_from("abcdefgh")))
def test_what_is_hidden_is_what_is_there_of_what_is_asked(held, asked):
    shard = shard_in_memory([Document(each) for each in held], {})

    hidden = shard.without(asked).without(asked).hidden

    assert [sorted(held)[rank] for rank in hidden.tolist()] == sorted(asked & set(held))
