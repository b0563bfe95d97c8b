package crisisplan

import (
	"strings"
	"unicode"

	"handrail/models"
)

// Phone is a number as a phone dials it and as people write it.
type Phone struct {
	Number  string `json:"number"`
	Display string `json:"display,omitempty"`
	Takes   string `json:"takes,omitempty"`
}

// normal makes equal what dials the same.
func (p Phone) normal() Phone {
	p.Number = models.DialledPhone(p.Number)
	p.Display = shownPhone(p.Display)
	if p.Display == "" {
		p.Display = readable(p.Number)
	}
	if p.Takes == "" {
		p.Takes = PhoneTakes[0]
	}
	return p
}

// check holds a normal number. A service may have a short code.
func (p Phone) check(c *models.Checks, field string, service bool) {
	known := models.IsPhone(p.Number) || service && models.IsShortCode(p.Number)
	c.Require(known, field+".number", "not-a-phone-number", models.NotAPhone)
	checkOneOf(c, field+".takes", p.Takes, PhoneTakes...)
	if known {
		c.Require(len([]rune(p.Display)) <= models.MaxPhone && shows(p.Display, p.Number), field+".display", "not-the-same-number",
			"The number to show and the number to dial are not the same.")
	}
}

// shows tells whether people who read display would dial number. A number that
// looks right and calls somebody else is worse than none. In a national form up
// to two digits of a trunk prefix ("0", "8", "06") may stand before the rest, and
// "00" before the whole.
func shows(display, number string) bool {
	read, extension := models.PhoneExtension(models.DialledPhone(display))
	number, whole := models.PhoneExtension(number)
	if extension != "" && extension != whole {
		return false
	}
	if read == number {
		return true
	}
	if strings.HasPrefix(read, "+") || strings.Trim(read, "0123456789") != "" || !strings.HasPrefix(number, "+") {
		return false
	}
	national := number[1:]
	for trunk := range 3 {
		if len(read)-trunk < 5 || !strings.HasSuffix(national, read[trunk:]) {
			continue
		}
		return trunk == 0 || len(read)-trunk < len(national) || read[:trunk] == "00"
	}
	return false
}

// shownPhone keeps a number as people write it, without what is not seen.
func shownPhone(text string) string {
	text = strings.Map(func(r rune) rune {
		switch {
		case unicode.Is(unicode.Cf, r):
			return -1
		case unicode.IsSpace(r):
			return ' '
		}
		return r
	}, text)
	line, ok := models.Line(models.UnprefixedPhone(strings.TrimSpace(text)))
	if !ok {
		return text // the number that it does not show refuses it
	}
	return line
}

// readable is a number as it is shown when nobody wrote it in another way.
func readable(number string) string {
	base, extension := models.PhoneExtension(number)
	if extension == "" || !models.IsPhone(number) {
		return number
	}
	return base + " ext. " + extension
}

// Calls lists the ways to reach the number: tel: (RFC 3966) and sms: (RFC 5724). An
// extension is DialledPhone after a pause: the comma that phones know, where few know ;ext=.
func (p Phone) Calls() []models.NumberToCall {
	out := []models.NumberToCall{}
	base, extension := models.PhoneExtension(p.Number)
	if extension != "" {
		extension = "," + strings.ReplaceAll(extension, "#", "%23")
	}
	if p.Takes != "texts" {
		out = append(out, models.NumberToCall{Display: p.Display, Href: "tel:" + base + extension, Kind: "call"})
	}
	if p.Takes == "texts" || p.Takes == "both" {
		out = append(out, models.NumberToCall{Display: p.Display, Href: "sms:" + base, Kind: "text"})
	}
	return out
}
