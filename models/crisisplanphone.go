package models

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// PlanPhone is a number as a phone dials it and as people write it.
type PlanPhone struct {
	Number  string `json:"number" minLength:"3" maxLength:"40" doc:"With + and the country's code (E.164). A service may have a short code, such as 988."`
	Display string `json:"display,omitempty" maxLength:"40" doc:"As people there write it. The number itself when left out."`
	Takes   string `json:"takes,omitempty" enum:"calls,texts,both" default:"calls"`
}

const maxPhone = 40

var (
	e164      = regexp.MustCompile(`^\+[1-9][0-9]{6,14}$`) // ITU-T E.164: 15 digits at most
	shortCode = regexp.MustCompile(`^[0-9]{3,6}$`)
)

// ParsePhone reads a number in international form: +, the country's code, the
// rest. The visual separators of RFC 3966 section 5.1.1, spaces, a trunk zero as
// "(0)", the digits of Arabic and Persian keyboards and the invisible marks that
// address books leave behind are understood. National forms are not: which
// country they mean would be a guess, and a wrong guess calls a stranger.
func ParsePhone(text string) (number string, ok bool) {
	number = dialled(text)
	return number, e164.MatchString(number)
}

// dialled leaves what a phone dials. A character that has no place in a number
// stays, so that the number is refused.
func dialled(text string) string {
	if len(text) > 4*maxPhone || !utf8.ValidString(text) {
		return ""
	}
	text = strings.Map(func(r rune) rune {
		switch {
		case r >= '٠' && r <= '٩':
			return '0' + r - '٠'
		case r >= '۰' && r <= '۹':
			return '0' + r - '۰'
		case r >= 0x200e && r <= 0x200f, r >= 0x202a && r <= 0x202e, r >= 0x2066 && r <= 0x2069: // direction marks
			return -1
		case strings.ContainsRune(" \t\u00a0\u2009\u202f-\u2010\u2011\u2013./", r):
			return -1
		}
		return r
	}, text)
	if strings.HasPrefix(text, "+") {
		text = strings.Replace(text, "(0)", "", 1)
	}
	return strings.NewReplacer("(", "", ")", "").Replace(text)
}

// normal makes equal what dials the same.
func (p PlanPhone) normal() PlanPhone {
	p.Number = dialled(p.Number)
	if p.Display == "" {
		p.Display = p.Number
	}
	if p.Takes == "" {
		p.Takes = "calls"
	}
	return p
}

// check holds a normal number. A service may have a short code.
func (p PlanPhone) check(c *Checks, field string, service bool) {
	known := e164.MatchString(p.Number) || service && shortCode.MatchString(p.Number)
	c.Require(known, field+".number", "not-a-phone-number", "Write the number with + and the country's code.")
	checkOneOf(c, field+".takes", p.Takes, "calls", "texts", "both")
	if known {
		c.Require(len([]rune(p.Display)) <= maxPhone && shows(p.Display, p.Number), field+".display", "not-the-same-number",
			"The number to show and the number to dial are not the same.")
	}
}

// shows tells whether people who read display would dial number. A number that
// looks right and calls somebody else is worse than none. In a national form up
// to two digits of a trunk prefix ("0", "8", "06") may stand before the rest, and
// "00" before the whole.
func shows(display, number string) bool {
	read := dialled(display)
	if read == number {
		return true
	}
	if strings.HasPrefix(read, "+") || strings.Trim(read, "0123456789") != "" || !strings.HasPrefix(number, "+") {
		return false
	}
	whole := number[1:]
	for trunk := range 3 {
		if len(read)-trunk < 5 || !strings.HasSuffix(whole, read[trunk:]) {
			continue
		}
		return trunk == 0 || len(read)-trunk < len(whole) || read[:trunk] == "00"
	}
	return false
}

// Calls lists the ways to reach the number: tel: (RFC 3966) and sms: (RFC 5724).
func (p PlanPhone) Calls() []NumberToCall {
	out := []NumberToCall{}
	if p.Takes != "texts" {
		out = append(out, NumberToCall{Display: p.Display, Href: "tel:" + p.Number, Kind: "call"})
	}
	if p.Takes == "texts" || p.Takes == "both" {
		out = append(out, NumberToCall{Display: p.Display, Href: "sms:" + p.Number, Kind: "text"})
	}
	return out
}
