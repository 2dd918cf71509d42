import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.StringJoiner;
import org.apache.lucene.analysis.fr.FrenchAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.util.QueryBuilder;

/** Lucene's BM25 over French texts: one document a line of args[0], one query a line of args[1], args[2] answers. */
final class Bm25French {
    public static void main(String[] args) throws Exception {
        List<String> documents = Files.readAllLines(Path.of(args[0]));
        List<String> queries = Files.readAllLines(Path.of(args[1]));
        int count = Integer.parseInt(args[2]);
        try (FrenchAnalyzer analyzer = new FrenchAnalyzer(); ByteBuffersDirectory memory = new ByteBuffersDirectory()) {
            try (IndexWriter writer = new IndexWriter(memory, new IndexWriterConfig(analyzer))) {
                for (String text : documents) {
                    Document document = new Document();
                    document.add(new TextField("text", text, Field.Store.NO));
                    writer.addDocument(document);
                }
                writer.forceMerge(1);
            }
            try (DirectoryReader reader = DirectoryReader.open(memory)) {
                IndexSearcher searcher = new IndexSearcher(reader);
                searcher.setSimilarity(new BM25Similarity());
                QueryBuilder builder = new QueryBuilder(analyzer);
                PrintWriter out = new PrintWriter(System.out, false, StandardCharsets.UTF_8);
                for (String text : queries) {
                    out.println(answer(searcher, builder.createBooleanQuery("text", text), count));
                }
                out.flush();
            }
        }
    }

    /** The numbers of the documents, best first, each as « number:score », a space between. */
    private static String answer(IndexSearcher searcher, Query query, int count) throws Exception {
        StringJoiner told = new StringJoiner(" ");
        if (query != null) {
            for (ScoreDoc hit : searcher.search(query, count).scoreDocs) {
                told.add(hit.doc + ":" + hit.score);
            }
        }
        return told.toString();
    }
}
