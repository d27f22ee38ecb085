package importer

import (
	"fmt"
	"regexp"
	"strings"

	"golang.org/x/net/html"

	"rejoinder/app"
)

// bodyBlocks are the blocks of the article's text in the page's linked data,
// where the page shows little of it; else nil. Some pages show their text only when
// scripts run.
func (p rawPage) bodyBlocks(taken, whole []block) []block {
	const least = 30 // words
	if p.body == "" {
		return nil
	}
	blocks := dataBlocks(p.body)
	if n := spoken(blocks); n < least || n < 2*spoken(taken) || n < spoken(whole) {
		return nil
	}
	return blocks
}

var anyTag = regexp.MustCompile(`</?[a-zA-Z][^<>]*>`)

// dataBlocks sets a text that stands in data: with tags, or in lines.
func dataBlocks(body string) []block {
	if anyTag.MatchString(body) {
		root, err := html.Parse(strings.NewReader(body))
		if err != nil {
			return nil
		}
		return parted(treeBlocks(root, nil))
	}
	var blocks []block
	for line := range strings.Lines(app.Clean(html.UnescapeString(body))) {
		if line = app.OneLine(line); visible(line) {
			blocks = append(blocks, block{kind: app.BlockParagraph, text: line})
		}
	}
	return blocks
}

// notice are words of pages that a browser shows instead of the one asked for.
var notice = regexp.MustCompile(`(?i)javascript|cookies?\b|captcha|access denied|are you a robot|not a robot|403 forbidden|404|` +
	`page not found|enable scripts|subscribe to (?:read|continue)|log ?in to (?:read|continue)|unusual traffic`)

// doubts say why a reading may not be what the page's author wrote.
func (p rawPage) doubts(taken []block) []string {
	const (
		nearlyNothing = 20 // words
		little        = 100
		heavy         = 400 // bytes of scripts for a word
	)
	n := spoken(taken)
	switch {
	case n < nearlyNothing:
		return []string{fmt.Sprintf("The page gives almost nothing: %s. It may need scripts, or its text may be in a picture or a frame.", countWords(n))}
	case n < little && notice.MatchString(joined(taken)):
		return []string{fmt.Sprintf("The page gives %s, which read like a notice of the site and not like an article.", countWords(n))}
	case n < little && p.scripts > heavy*n:
		return []string{fmt.Sprintf("The page gives only %s beside large scripts, which may show the rest.", countWords(n))}
	}
	return nil
}

func countWords(n int) string {
	if n == 1 {
		return "1 word"
	}
	return fmt.Sprintf("%d words", n)
}
