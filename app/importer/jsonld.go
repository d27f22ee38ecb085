package importer

import (
	"encoding/json"
	"strings"

	"golang.org/x/net/html"
)

// linkedData is one object of a page's JSON-LD.
type linkedData struct {
	article   bool // an article or posting of some kind
	news      bool
	published string
	publisher string
	authors   []string
	body      string // articleBody, which may have tags in it
}

// parseLinkedData returns the objects that say something about a publication,
// in their order, however they are nested. Broken JSON has none.
func parseLinkedData(script string) []linkedData {
	var root any
	if json.Unmarshal([]byte(strings.TrimSpace(script)), &root) != nil {
		return nil
	}
	var found []linkedData
	var visit func(v any, depth int)
	visit = func(v any, depth int) {
		const deep = 8
		switch v := v.(type) {
		case []any:
			for _, item := range v {
				visit(item, depth)
			}
		case map[string]any:
			if d, ok := readLinkedData(v); ok {
				found = append(found, d)
			}
			for _, key := range []string{"@graph", "mainEntity", "mainEntityOfPage"} {
				if depth < deep {
					visit(v[key], depth+1)
				}
			}
		}
	}
	visit(root, 0)
	return found
}

func readLinkedData(object map[string]any) (linkedData, bool) {
	var d linkedData
	for _, kind := range texts(object["@type"]) {
		d.news = d.news || strings.HasSuffix(kind, "NewsArticle")
		d.article = d.article || strings.HasSuffix(kind, "Article") || strings.HasSuffix(kind, "Posting") ||
			kind == "Report"
	}
	if published := texts(object["datePublished"]); len(published) > 0 {
		d.published = published[0]
	}
	if body, ok := object["articleBody"].(string); ok {
		d.body = body
	}
	if publisher := texts(object["publisher"]); len(publisher) > 0 {
		d.publisher = publisher[0]
	}
	for _, author := range texts(object["author"]) {
		if webAddress(author) == "" {
			d.authors = append(d.authors, author)
		}
	}
	return d, d.article || d.published != ""
}

// texts are the strings of a JSON-LD value: itself, its name, or its items'.
func texts(v any) []string {
	switch v := v.(type) {
	case string:
		return []string{html.UnescapeString(v)}
	case map[string]any:
		if name, ok := v["name"].(string); ok {
			return []string{html.UnescapeString(name)}
		}
	case []any:
		var all []string
		for _, item := range v {
			if _, nested := item.([]any); !nested {
				all = append(all, texts(item)...)
			}
		}
		return all
	}
	return nil
}
