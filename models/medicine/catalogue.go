package medicine

import (
	"encoding/json"
	"slices"
	"strings"
	"unicode"
)

// Catalogue knows ingredients by RxNorm's names and codes (SAB=RXNORM), and how labels
// and people write them: brands, salts, patches, products of several ingredients.
type Catalogue struct {
	Version string
	Licence string // of the names and codes: it goes where they go
	codes   map[string]string
	names   map[string][]string
	index   map[string]int // of an ingredient in a set of bits
	drop    map[string]bool
}

// Ingredient is one that the rules know. Code is RxNorm's, "" where none was verified.
type Ingredient struct {
	Name string `json:"name"`
	Code string `json:"code,omitempty"`
}

// ParseCatalogue reads the file of ingredients.
func ParseCatalogue(file []byte) (*Catalogue, error) {
	var f struct {
		Version, Licence string
		Salts, Forms     []string
		Ingredients      map[string]struct{ RxCUI string }
		Names            map[string][]string
	}
	if err := json.Unmarshal(file, &f); err != nil {
		return nil, err
	}
	c := &Catalogue{f.Version, f.Licence, map[string]string{}, f.Names, map[string]int{}, map[string]bool{}}
	var all []string
	for name, i := range f.Ingredients {
		c.codes[name] = i.RxCUI
		all = append(all, name)
	}
	slices.Sort(all)
	for i, name := range all {
		c.index[name] = i
	}
	for _, word := range slices.Concat(f.Salts, f.Forms) {
		c.drop[word] = true
	}
	return c, nil
}

// Size is how many ingredients are known.
func (c *Catalogue) Size() int { return len(c.codes) }

// All lists the names of the ingredients in order.
func (c *Catalogue) All() []string {
	out := make([]string, 0, len(c.codes))
	for name := range c.codes {
		out = append(out, name)
	}
	slices.Sort(out)
	return out
}

// Of is an ingredient by its name, as Find gives it.
func (c *Catalogue) Of(name string) Ingredient { return Ingredient{name, c.codes[name]} }

// Find gives the ingredients of what somebody wrote: a name, a brand, a salt, a form, or
// several of them ("buprenorphine/naloxone film"). all is false when some of it is not
// known: then it is kept as text and not checked, or not wholly.
func (c *Catalogue) Find(text string) (found []string, all bool) {
	text = strings.ToLower(strings.Join(strings.Fields(text), " "))
	if names, ok := c.one(text); ok {
		return names, true
	}
	all = true
	for _, part := range split(text) {
		names, ok := c.one(part)
		all = all && ok
		for _, n := range names {
			if !slices.Contains(found, n) {
				found = append(found, n)
			}
		}
	}
	return found, all && len(found) > 0
}

func split(text string) []string {
	text = strings.NewReplacer(" and ", "/", " with ", "/", "+", "/", ",", "/", "&", "/", ";", "/").Replace(text)
	var out []string
	for _, part := range strings.Split(text, "/") {
		if part = strings.TrimSpace(part); part != "" && strings.ContainsFunc(part, unicode.IsLetter) {
			out = append(out, part)
		}
	}
	return out
}

// one finds a single name, with and without what is said of salt, form and strength.
func (c *Catalogue) one(text string) ([]string, bool) {
	for _, try := range []string{text, c.bare(text)} {
		if _, ok := c.codes[try]; ok {
			return []string{try}, true
		}
		if names, ok := c.names[try]; ok {
			return names, true
		}
	}
	if bare := c.bare(text); strings.Contains(bare, "-") { // a product that is written with a dash
		var found []string
		for _, part := range strings.Split(bare, "-") {
			names, ok := c.one(part)
			if !ok {
				return nil, false
			}
			found = append(found, names...)
		}
		return found, true
	}
	return nil, false
}

// bare drops words of form and salt, numbers and units, and what stands in brackets. The
// first word stays: it is the name.
func (c *Catalogue) bare(text string) string {
	if i := strings.IndexByte(text, '('); i > 0 {
		text = text[:i]
	}
	var out []string
	for i, word := range strings.Fields(text) {
		number := strings.ContainsFunc(word, unicode.IsDigit) || unitWords[word]
		if i == 0 || !c.drop[word] && !number {
			out = append(out, word)
		}
	}
	return strings.Join(out, " ")
}

var unitWords = map[string]bool{"mg": true, "mcg": true, "ug": true, "µg": true, "g": true, "ml": true, "mg/ml": true, "%": true, "units": true, "iu": true}
