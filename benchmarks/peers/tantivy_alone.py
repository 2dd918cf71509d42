"""tantivy alone: BM25 over one field, French stop words and stems, nothing of Essor's around it."""

from collections.abc import Sequence

import tantivy

from benchmarks.peers.ranking import Document, Ranked

_FRENCH = "peer_french"


def ranked(documents: Sequence[Document], queries: Sequence[str], count: int) -> list[Ranked]:
    """Return the documents of the best BM25 for any word of each query."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("text", tokenizer_name=_FRENCH)
    builder.add_unsigned_field("number", stored=True)
    schema = builder.build()
    index, analyser = tantivy.Index(schema), _analyser()
    index.register_tokenizer(_FRENCH, analyser)
    writer = index.writer(heap_size=50_000_000, num_threads=1)
    for number, document in enumerate(documents):
        writer.add_document(tantivy.Document(text=document.text, number=number))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher = index.searcher()
    found = []
    for query in queries:
        terms = [
            (tantivy.Occur.Should, tantivy.Query.term_query(schema, "text", term))
            for term in analyser.analyze(query)
        ]
        hits = searcher.search(tantivy.Query.boolean_query(terms), count).hits if terms else []
        numbers = [searcher.doc(address)["number"][0] for _, address in hits]
        found.append(
            [
                (documents[number].id, float(score))
                for number, (score, _) in zip(numbers, hits, strict=True)
            ]
        )
    return found


def _analyser() -> tantivy.TextAnalyzer:
    return (
        tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
        .filter(tantivy.Filter.remove_long(40))
        .filter(tantivy.Filter.lowercase())
        .filter(tantivy.Filter.stopword("french"))
        .filter(tantivy.Filter.stemmer("french"))
        .build()
    )
