package checkin

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"handrail/models"
)

// readPlain reads, in one look, what nearly every phone sends: known fields, once each and
// without an escape, with answers that the questions take, and no questionnaire. false says
// nothing about what was sent: Read looks at it with all care. Where it is true, Read would
// have said the same to the letter (FuzzReadPlain).
func readPlain(raw []byte, whole string) (Sent, bool) {
	if !utf8.Valid(raw) || bytes.IndexByte(raw, '\\') >= 0 {
		return Sent{}, false
	}
	out := Sent{Raw: whole, whole: true}
	p := plain{text: whole}
	var answeredAt, answers, formVersion, sequence string
	var saysDevice, saysID, saysZone bool
	for more := p.opens('{'); more; more = p.goesOn() {
		switch p.name() {
		case "id":
			out.ID, saysID = p.words(), p.once(saysID)
		case "zone":
			out.Zone, saysZone = p.words(), p.once(saysZone)
		case "deviceId":
			out.DeviceID, saysDevice = p.words(), p.once(saysDevice)
		case "answeredAt":
			p.once(answeredAt != "")
			answeredAt = p.words()
		case "formVersion":
			p.once(formVersion != "")
			formVersion, out.FormVersion = p.count()
		case "sequence":
			p.once(sequence != "")
			sequence, out.Sequence = p.count()
		case "answers":
			p.once(answers != "")
			answers = p.answers(&out)
		default:
			p.odd = true
		}
	}
	at, err := time.Parse(time.RFC3339Nano, answeredAt)
	if year := at.UTC().Year(); p.odd || !p.ended() || err != nil || year < 1 || year > 9998 || answers == "" || formVersion == "" || !saysZone {
		return Sent{}, false
	}
	var room [64]byte
	if _, err := at.AppendText(room[:0]); err != nil {
		return Sent{}, false
	}
	if _, fits := models.Line(out.DeviceID); saysDevice && (!fits || out.DeviceID == "" || utf8.RuneCountInString(out.DeviceID) > MaxDeviceID) {
		return Sent{}, false
	}
	out.AnsweredAt = at
	// RFC 8785: the names in their order, nothing between them.
	form := append(make([]byte, 0, len(raw)+16), `{"answeredAt":"`...)
	form = append(append(append(form, answeredAt...), `","answers":`...), answers...)
	if saysDevice {
		form = append(append(append(form, `,"deviceId":"`...), out.DeviceID...), '"')
	}
	form = append(append(form, `,"formVersion":`...), formVersion...)
	if saysID {
		form = append(append(append(form, `,"id":"`...), out.ID...), '"')
	}
	if sequence != "" {
		form = append(append(form, `,"sequence":`...), sequence...)
	}
	form = append(append(append(form, `,"zone":"`...), out.Zone...), `"}`...)
	sum := sha256.Sum256(form)
	out.Digest = hex.EncodeToString(sum[:])
	return out, true
}

// plain walks over a JSON text without escapes. What it does not expect makes it odd, and
// it then goes nowhere.
type plain struct {
	text string
	at   int
	odd  bool
}

// answer is one of them, in the form in which it is compared.
type answer struct{ id, form string }

// answers reads the answers and gives them in the one form.
func (p *plain) answers(out *Sent) string {
	var room [24]answer
	all := room[:0]
	out.Answers = map[string]any{}
	for more := p.opens('{'); more; more = p.goesOn() {
		name := p.name()
		q, known := FindQuestion(name)
		if _, twice := out.Answers[name]; !known || twice {
			p.odd = true
			return ""
		}
		begins := p.at
		var v any
		var digits string
		var form [32]byte
		switch p.peek() {
		case '"':
			s := p.words()
			v, out.yes = s, out.yes || slices.Contains(yesWords, s) && asksForSafety(name)
		case 't', 'f':
			yes := p.literal("true")
			p.odd = p.odd || !yes && !p.literal("false")
			v, out.yes = yes, out.yes || yes && asksForSafety(name)
		default:
			var f float64
			digits, f = p.number()
			v, out.yes = f, out.yes || f >= 1 && asksForSafety(name)
			if strings.IndexByte(digits, '.') >= 0 {
				digits = string(strconv.AppendFloat(form[:0], f, 'f', -1, 64))
			}
		}
		if p.odd || !q.accepts(v) {
			p.odd = true
			return ""
		}
		if digits == "" {
			digits = p.text[begins:p.at]
		}
		out.Answers[q.ID] = v
		all = append(all, answer{q.ID, digits})
	}
	slices.SortFunc(all, func(a, b answer) int { return strings.Compare(a.id, b.id) })
	form := append(make([]byte, 0, p.at), '{')
	for i, a := range all {
		if i > 0 {
			form = append(form, ',')
		}
		form = append(append(append(append(form, '"'), a.id...), `":`...), a.form...)
	}
	return string(append(form, '}'))
}

// peek is what comes after space; 0 at the end.
func (p *plain) peek() byte {
	for p.at < len(p.text) {
		switch c := p.text[p.at]; c {
		case ' ', '\t', '\r', '\n':
			p.at++
		default:
			return c
		}
	}
	return 0
}

func (p *plain) takes(c byte) bool {
	if p.odd || p.peek() != c {
		return false
	}
	p.at++
	return true
}

// opens steps into an object; false: it is empty.
func (p *plain) opens(c byte) bool {
	p.odd = p.odd || !p.takes(c)
	return !p.odd && !p.takes('}')
}

// goesOn steps to the next member; false: there is none.
func (p *plain) goesOn() bool {
	if p.takes(',') {
		return true
	}
	p.odd = p.odd || !p.takes('}')
	return false
}

// ended tells whether nothing follows.
func (p *plain) ended() bool { return !p.odd && p.peek() == 0 && p.at == len(p.text) }

func (p *plain) once(before bool) bool {
	p.odd = p.odd || before
	return true
}

func (p *plain) name() string {
	s := p.words()
	p.odd = p.odd || !p.takes(':')
	p.peek()
	return s
}

// words reads a string, which stays a part of the text.
func (p *plain) words() string {
	if p.odd || !p.takes('"') {
		p.odd = true
		return ""
	}
	for from := p.at; p.at < len(p.text); p.at++ {
		switch c := p.text[p.at]; {
		case c == '"':
			p.at++
			return p.text[from : p.at-1]
		case c < ' ':
			p.odd = true
			return ""
		}
	}
	p.odd = true
	return ""
}

func (p *plain) literal(word string) bool {
	is := strings.HasPrefix(p.text[p.at:], word)
	if is {
		p.at += len(word)
	}
	return is
}

// plainDigits is how many digits a number has that every program reads alike.
const plainDigits = 15

// count reads a whole number that is not negative.
func (p *plain) count() (digits string, n int64) {
	digits, f := p.number()
	p.odd = p.odd || strings.IndexByte(digits, '.') >= 0
	return digits, int64(f)
}

// number reads a number that is not negative, without an exponent and not tiny.
func (p *plain) number() (digits string, f float64) {
	p.peek()
	from, point := p.at, -1
	for ; p.at < len(p.text); p.at++ {
		if c := p.text[p.at]; c == '.' && point < 0 {
			point = p.at - from
		} else if c < '0' || c > '9' {
			break
		}
	}
	digits = p.text[from:p.at]
	f, err := strconv.ParseFloat(digits, 64)
	p.odd = p.odd || err != nil || len(digits) > plainDigits || point == 0 || point == len(digits)-1 ||
		digits[0] == '0' && len(digits) > 1 && point != 1 || f < 1e-6 && f != 0
	return digits, f
}
