import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.FuzzyQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.PhraseQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.store.FSDirectory;

/**
 * Lucene as a peer of the search benchmark. "index FOLDER" indexes lines of title, tab, text from
 * the standard input; "search FOLDER RUNS QUERIES" answers each line of form, tab, words, and
 * writes the best time of each in nanoseconds. English stems, no stop words taken out, the title
 * three times as heavy as the text.
 */
public class Bench {
  static final Analyzer ENGLISH = new EnglishAnalyzer(CharArraySet.EMPTY_SET);

  public static void main(String[] args) throws IOException {
    try (var folder = FSDirectory.open(Path.of(args[1]))) {
      if (args[0].equals("index")) {
        index(folder);
      } else {
        search(folder, Integer.parseInt(args[2]), Files.readAllLines(Path.of(args[3])));
      }
    }
  }

  static void index(FSDirectory folder) throws IOException {
    var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8), 1 << 20);
    try (var writer = new IndexWriter(folder, new IndexWriterConfig(ENGLISH).setRAMBufferSizeMB(64))) {
      for (String line; (line = lines.readLine()) != null; ) {
        int tab = line.indexOf('\t');
        var article = new Document();
        article.add(new TextField("title", line.substring(0, tab), Field.Store.NO));
        article.add(new TextField("text", line.substring(tab + 1), Field.Store.NO));
        writer.addDocument(article);
      }
    }
  }

  static void search(FSDirectory folder, int runs, List<String> lines) throws IOException {
    try (var reader = DirectoryReader.open(folder)) {
      var searcher = new IndexSearcher(reader);
      searcher.setQueryCache(null);
      var queries = new ArrayList<Query>();
      for (String line : lines) {
        queries.add(query(line.substring(0, line.indexOf('\t')), line.substring(line.indexOf('\t') + 1)));
      }
      for (int warm = 0; warm < 3; warm++) { // until the virtual machine has compiled what is run often
        for (Query q : queries) {
          searcher.search(q, 20);
        }
      }
      for (Query q : queries) {
        long best = Long.MAX_VALUE;
        for (int run = 0; run < runs; run++) {
          long began = System.nanoTime();
          searcher.search(q, 20);
          best = Math.min(best, System.nanoTime() - began);
        }
        System.out.println(best);
      }
    }
  }

  static Query query(String form, String text) throws IOException {
    switch (form) {
      case "prefix":
        return new PrefixQuery(new Term("text", text));
      case "fuzzy":
        return new FuzzyQuery(new Term("text", text), 1);
      default:
    }
    var phrase = new PhraseQuery.Builder();
    var words = new BooleanQuery.Builder();
    for (String word : stems(text)) {
      phrase.add(new Term("text", word));
      var either = new BooleanQuery.Builder();
      either.add(new BoostQuery(new TermQuery(new Term("title", word)), 3), Occur.SHOULD);
      either.add(new TermQuery(new Term("text", word)), Occur.SHOULD);
      words.add(either.build(), form.equals("any") ? Occur.SHOULD : Occur.MUST);
    }
    return form.equals("phrase") ? phrase.build() : words.build();
  }

  static List<String> stems(String text) throws IOException {
    var out = new ArrayList<String>();
    try (TokenStream tokens = ENGLISH.tokenStream("text", text)) {
      var term = tokens.addAttribute(CharTermAttribute.class);
      tokens.reset();
      while (tokens.incrementToken()) {
        out.add(term.toString());
      }
      tokens.end();
    }
    return out;
  }
}
