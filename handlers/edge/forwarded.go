package edge

import "strings"

// forwardedHops are the nodes that a line of Forwarded (RFC 7239, section 4) names with
// for=, "" for an element that names none or two. Commas and semicolons in quotes divide
// nothing: a proxy may put what a phone sent, such as its Host, into quotes. A line whose
// quotes do not close says nothing.
func forwardedHops(line string) (out []string) {
	elements, ok := splitQuoted(line, ',')
	if !ok {
		return []string{""}
	}
	for _, element := range elements {
		if strings.TrimSpace(element) != "" {
			out = append(out, forwardedFor(element))
		}
	}
	return out
}

// forwardedFor is the node of one element.
func forwardedFor(element string) (node string) {
	pairs, _ := splitQuoted(element, ';') // its quotes close
	seen := false
	for _, pair := range pairs {
		name, value, _ := strings.Cut(pair, "=")
		if !strings.EqualFold(strings.TrimSpace(name), "for") {
			continue
		}
		if seen {
			return ""
		}
		node, seen = unquoted(strings.TrimSpace(value)), true
	}
	return node
}

// splitQuoted divides a text at each separator outside of quotes (RFC 9110, section
// 5.6.4); ok is false when they do not close.
func splitQuoted(text string, separator byte) (parts []string, ok bool) {
	quoted, start := false, 0
	for i := 0; i < len(text); i++ {
		switch {
		case quoted && text[i] == '\\':
			i++
		case text[i] == '"':
			quoted = !quoted
		case !quoted && text[i] == separator:
			parts, start = append(parts, text[start:i]), i+1
		}
	}
	return append(parts, text[start:]), !quoted
}

// unquoted is what a quoted text means; one without quotes means itself.
func unquoted(text string) string {
	if len(text) < 2 || text[0] != '"' || text[len(text)-1] != '"' {
		return text
	}
	var b strings.Builder
	for i := 1; i < len(text)-1; i++ {
		if text[i] == '\\' && i < len(text)-2 {
			i++
		}
		b.WriteByte(text[i])
	}
	return b.String()
}
