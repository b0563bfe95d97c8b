package edge

import "github.com/danielgtaylor/huma/v2"

// Text is from min to max characters long, in a list each is; min 0: may be empty.
func Text(min, max int) Rule {
	return func(f *Field) {
		s := each(f.Schema)
		s.MaxLength = &max
		if min > 0 {
			s.MinLength = &min
		}
	}
}

// Count is a list of min to max things; min 0: may be empty.
func Count(min, max int) Rule {
	return func(f *Field) {
		f.Schema.MaxItems = &max
		if min > 0 {
			f.Schema.MinItems = &min
		}
	}
}

// Entries is a map of max things at most.
func Entries(max int) Rule { return func(f *Field) { f.Schema.MaxProperties = &max } }

// Between is a number from min to max.
func Between[N int | int64 | float64](min, max N) Rule {
	low, high := float64(min), float64(max)
	return func(f *Field) { f.Schema.Minimum, f.Schema.Maximum = &low, &high }
}

// OneOf is one of some words; in a list each is.
func OneOf[T ~string](words ...T) Rule {
	return func(f *Field) {
		s := each(f.Schema)
		s.Enum = nil
		for _, word := range words {
			s.Enum = append(s.Enum, string(word))
		}
	}
}

// UUID is an id as RFC 9562 writes it; in a list each is.
func UUID() Rule { return func(f *Field) { each(f.Schema).Format = "uuid" } }

// each is what a list is of, or the thing itself.
func each(s *huma.Schema) *huma.Schema {
	if s.Items != nil {
		return s.Items
	}
	return s
}

// Doc says what a field means.
func Doc(text string) Rule { return func(f *Field) { f.Schema.Description = text } }

// Optional may be left out though its JSON tag does not say so.
func Optional() Rule { return func(f *Field) { f.Optional = true } }

// And is a rule and some more.
func (r Rule) And(more ...Rule) Rule {
	return func(f *Field) {
		r(f)
		for _, rule := range more {
			rule(f)
		}
	}
}

// Doc adds what the field means.
func (r Rule) Doc(text string) Rule { return r.And(Doc(text)) }

// Prose adds that its texts have several lines.
func (r Rule) Prose() Rule { return r.And(func(f *Field) { f.Text = "prose" }) }

// Phone adds that its text is a number to call, which models.ParsePhone reads.
func (r Rule) Phone() Rule { return r.And(func(f *Field) { f.Text = "phone" }) }

// Default adds what is meant when it is left out. Only the document says so: the domain
// must hold it.
func (r Rule) Default(word string) Rule { return r.And(func(f *Field) { f.Schema.Default = word }) }

// Example adds a value as somebody may send it.
func (r Rule) Example(word string) Rule {
	return r.And(func(f *Field) { f.Schema.Examples = []any{word} })
}
