package typescript

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
)

// schema is as much of a JSON schema as the document has.
type schema struct {
	Type                 any
	Ref                  string `json:"$ref"`
	Description          string
	Enum                 []any
	Items                *schema
	Properties           map[string]schema
	Required             []string
	AdditionalProperties json.RawMessage
}

// text is the type where it is used.
func (s schema) text() string {
	if name, ok := strings.CutPrefix(s.Ref, "#/components/schemas/"); ok {
		return name
	}
	if len(s.Enum) > 0 {
		return joined(s.Enum, func(v any) string {
			said, _ := json.Marshal(v) // what came from JSON goes back
			return string(said)
		})
	}
	switch kind := s.Type.(type) {
	case []any:
		return joined(kind, func(k any) string { return schema{Type: k, Items: s.Items}.text() })
	case string:
		return s.of(kind)
	}
	return "unknown"
}

func joined(all []any, text func(any) string) string {
	var of []string
	for _, v := range all {
		of = append(of, text(v))
	}
	return strings.Join(of, " | ")
}

func (s schema) of(kind string) string {
	switch kind {
	case "integer", "number":
		return "number"
	case "string", "boolean", "null":
		return kind
	case "array":
		if s.Items == nil {
			return "unknown[]"
		}
		return "Array<" + s.Items.text() + ">"
	case "object":
		var value schema
		if len(s.AdditionalProperties) > 0 && json.Unmarshal(s.AdditionalProperties, &value) == nil {
			return "Record<string, " + value.text() + ">"
		}
		return "Record<string, unknown>"
	}
	return "unknown"
}

func optional(required bool) string {
	if required {
		return ""
	}
	return "?"
}

var plain = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]*$`)

// key is a name as it may stand in a type.
func key(name string) string {
	if plain.MatchString(name) {
		return name
	}
	return fmt.Sprintf("%q", name)
}

func comment(indent, text string) string {
	if text == "" {
		return ""
	}
	return indent + "/** " + strings.ReplaceAll(text, "*/", `*\/`) + " */\n"
}
