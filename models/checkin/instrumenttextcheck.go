package checkin

import (
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"handrail/models"
)

var languageCode = regexp.MustCompile(`^[a-z]{2,3}$`)

func (t InstrumentText) check() error {
	var c models.Checks
	i, ok := FindInstrument(t.Instrument)
	c.Require(ok, "instrument", "unknown-instrument", "This instrument is not known.")
	c.Require(languageCode.MatchString(t.Language), "language", "unknown-language", "Give the language as two or three small letters.")
	checkWording(&c, "licence", t.Licence, 1, 500)
	checkWording(&c, "stem", t.Stem, 0, 1000)
	if t.Accepted == nil {
		c.Fail("accepted", "required", "Say who accepted the licence, and when.")
	} else {
		checkWording(&c, "accepted.by", t.Accepted.By, 1, 200)
		c.Require(t.Accepted.On != "", "accepted.on", "required", "Say on which day the licence was accepted.")
		c.Date("accepted.on", t.Accepted.On)
	}
	if ok {
		t.checkItems(&c, i)
	}
	return c.Err()
}

// checkItems wants a text for every item and words for every answer, and nothing
// that the instrument does not have.
func (t InstrumentText) checkItems(c *models.Checks, i Instrument) {
	c.Require(len(t.Items) == len(i.Items), "items", "wrong-number", "There must be a text for every item, and no other.")
	used := map[string]bool{}
	for _, it := range i.Items {
		text, ok := t.Items[it.N]
		at := "items." + it.N
		c.Require(ok, at, "required", "The text of this item is missing.")
		if !ok {
			continue
		}
		checkWording(c, at+".text", text.Text, 1, 1000)
		own := map[string]bool{}
		for _, o := range it.Options {
			v := strconv.Itoa(o.Value)
			own[v], used[v] = true, true
			c.Require(text.Options[v] != "" || t.Options[v] != "", at+".options", "required", "The words for one of the answers are missing.")
		}
		checkOptions(c, at+".options", text.Options, own)
	}
	checkOptions(c, "options", t.Options, used)
}

func checkOptions(c *models.Checks, at string, words map[string]string, known map[string]bool) {
	for _, v := range slices.Sorted(maps.Keys(words)) {
		if !known[v] {
			c.Fail(at, "unknown-answer", "There are words for an answer that does not exist.")
			return
		}
		checkWording(c, at+"."+v, words[v], 1, 200)
	}
}

// checkWording holds a text that patients will read: its length, and no control
// characters.
func checkWording(c *models.Checks, field, value string, min, max int) {
	hidden := func(r rune) bool { return unicode.IsControl(r) && r != '\n' }
	if strings.ContainsFunc(value, hidden) {
		c.Fail(field, "not-text", "There are characters in this that can't be shown.")
		return
	}
	c.Text(field, value, min, max)
}
