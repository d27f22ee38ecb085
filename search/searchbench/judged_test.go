//go:build bench

package searchbench

import (
	"bufio"
	"cmp"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// judgedDocument is one document of a judged collection. Collections call its
// identifier _id or id.
type judgedDocument struct {
	ID    string `json:"id"`
	BEIR  string `json:"_id"`
	Title string `json:"title"`
	Text  string `json:"text"`
}

type judgedQuery struct {
	ID   string `json:"id"`
	BEIR string `json:"_id"`
	Text string `json:"text"`
}

// judgements are the grades of documents by query.
type judgements map[string]map[string]int

// judgedFile finds the one of a folder's files that has any of these names, or
// such a name with .gz behind.
func judgedFile(folder string, names ...string) (string, error) {
	for _, name := range names {
		for _, path := range []string{filepath.Join(folder, name), filepath.Join(folder, name+".gz")} {
			if _, err := os.Stat(path); err == nil {
				return path, nil
			}
		}
	}
	return "", fmt.Errorf("no %s in %s", strings.Join(names, " or "), folder)
}

func eachJudgedDocument(folder string, fn func(judgedDocument)) error {
	path, err := judgedFile(folder, "corpus.jsonl")
	if err != nil {
		return err
	}
	return eachLine(path, func(d judgedDocument) {
		d.ID = cmp.Or(d.BEIR, d.ID)
		fn(d)
	})
}

// readJudged returns the queries that have a relevant document, and the grades.
func readJudged(folder string) ([]judgedQuery, judgements, error) {
	path, err := judgedFile(folder, "qrels.tsv", filepath.Join("qrels", "test.tsv"), "qrels.txt")
	if err != nil {
		return nil, nil, err
	}
	grades, err := readGrades(path)
	if err != nil {
		return nil, nil, err
	}
	if path, err = judgedFile(folder, "queries.jsonl"); err != nil {
		return nil, nil, err
	}
	var queries []judgedQuery
	err = eachLine(path, func(q judgedQuery) {
		q.ID = cmp.Or(q.BEIR, q.ID)
		for _, grade := range grades[q.ID] {
			if grade > 0 {
				queries = append(queries, q)
				return
			}
		}
	})
	return queries, grades, err
}

// readGrades reads judgements of three columns (query, document, grade) or of
// trec_eval's four (query, iteration, document, grade). Headings are what has no
// number for a grade.
func readGrades(path string) (judgements, error) {
	r, err := openPlain(path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = r.Close() }()
	all := judgements{}
	lines := bufio.NewScanner(r)
	for n := 1; lines.Scan(); n++ {
		fields := strings.Fields(lines.Text())
		if len(fields) == 0 {
			continue
		}
		grade, err := strconv.Atoi(fields[len(fields)-1])
		if (err != nil && n > 1) || len(fields) < 3 || len(fields) > 4 {
			return nil, fmt.Errorf("%s, line %d: %q is no judgement", path, n, lines.Text())
		}
		if err != nil {
			continue
		}
		if all[fields[0]] == nil {
			all[fields[0]] = map[string]int{}
		}
		all[fields[0]][fields[len(fields)-2]] = grade
	}
	return all, lines.Err()
}

// quality is how good a system's answers are, averaged over the queries.
type quality struct{ ndcg10, recall100, map100 float64 }

// gradeRun takes the average over all queries, those without an answer included.
func gradeRun(queries []judgedQuery, grades judgements, answers map[string][]string) quality {
	var sum quality
	for _, q := range queries {
		one := gradeAnswer(grades[q.ID], answers[q.ID])
		sum.ndcg10 += one.ndcg10
		sum.recall100 += one.recall100
		sum.map100 += one.map100
	}
	n := float64(len(queries))
	return quality{sum.ndcg10 / n, sum.recall100 / n, sum.map100 / n}
}

// gradeAnswer computes the measures as trec_eval does: in nDCG the gain of a
// document is its grade, divided by log2(rank+1).
func gradeAnswer(grades map[string]int, ranked []string) quality {
	var ideal []int
	for _, grade := range grades {
		if grade > 0 {
			ideal = append(ideal, grade)
		}
	}
	slices.SortFunc(ideal, func(a, b int) int { return b - a })
	best := 0.0
	for i, grade := range ideal[:min(10, len(ideal))] {
		best += float64(grade) / math.Log2(float64(i)+2)
	}
	var q quality
	found := 0.0
	for i, id := range ranked[:min(100, len(ranked))] {
		grade := grades[id]
		if grade <= 0 {
			continue
		}
		found++
		q.map100 += found / float64(i+1)
		if i < 10 {
			q.ndcg10 += float64(grade) / math.Log2(float64(i)+2)
		}
	}
	relevant := float64(len(ideal))
	return quality{q.ndcg10 / best, found / relevant, q.map100 / relevant}
}
