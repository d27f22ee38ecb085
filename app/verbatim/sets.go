package verbatim

var (
	// blocks stand on lines of their own.
	blocks = set("address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "dir",
		"div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header",
		"hgroup", "hr", "html", "legend", "li", "listing", "main", "menu", "nav", "ol", "p", "pre", "section", "summary", "table",
		"tbody", "td", "tfoot", "th", "thead", "tr", "ul", "xmp", "search", "frameset", "plaintext")
	// special elements are ended by none but their own end tags and those of what is around them.
	special = union(blocks, set("applet", "area", "base", "basefont", "bgsound", "br", "button", "col", "colgroup", "embed", "frame",
		"head", "iframe", "img", "input", "keygen", "link", "marquee", "meta", "noembed", "noframes", "noscript", "object", "param",
		"script", "select", "source", "style", "template", "textarea", "title", "track", "wbr"))
	// formatting elements are opened again in later blocks until they are ended.
	formatting = set("a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u")
	void       = set("area", "base", "basefont", "bgsound", "br", "col", "embed", "frame", "hr", "img", "input", "keygen", "link",
		"meta", "param", "source", "track", "wbr")
	unseen = set("script", "style", "noscript", "template", "head", "title", "iframe", "object", "svg", "select", "textarea",
		"datalist", "audio", "video", "canvas", "noembed", "noframes", "meter", "progress")
	// closesP end an open paragraph when they start.
	closesP = set("address", "article", "aside", "blockquote", "center", "details", "dialog", "dir", "div", "dl", "fieldset",
		"figcaption", "figure", "footer", "header", "hgroup", "main", "menu", "nav", "ol", "p", "search", "section", "summary", "ul",
		"h1", "h2", "h3", "h4", "h5", "h6", "pre", "listing", "form", "li", "dd", "dt", "plaintext", "table", "hr", "xmp")
	scopes = set("applet", "caption", "html", "table", "td", "th", "marquee", "object", "template", "svg", "math")
	// inHead are the elements that do not end a page's head.
	inHead = set("base", "basefont", "bgsound", "link", "meta", "title", "noscript", "noframes", "style", "script", "template", "head")
	// breakout are the tags that end a picture made of elements.
	breakout = set("b", "big", "blockquote", "body", "br", "center", "code", "dd", "div", "dl", "dt", "em", "embed", "h1", "h2", "h3",
		"h4", "h5", "h6", "head", "hr", "i", "img", "li", "listing", "menu", "meta", "nobr", "ol", "p", "pre", "ruby", "s", "small",
		"span", "strong", "strike", "sub", "sup", "table", "tt", "u", "ul", "var")
)

func union(a, b map[string]bool) map[string]bool {
	out := make(map[string]bool, len(a)+len(b))
	for k := range a {
		out[k] = true
	}
	for k := range b {
		out[k] = true
	}
	return out
}

// tableParts are elements that are nothing outside of a table.
var tableParts = set("caption", "col", "colgroup", "tbody", "td", "tfoot", "th", "thead", "tr")

// reachesOut are the elements whose end tags reach out of a cell.
var reachesOut = set("table", "tbody", "tfoot", "thead", "tr", "td", "th", "caption", "template", "object", "marquee", "applet", "svg")
