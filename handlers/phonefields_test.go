package handlers_test

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"maps"
	"net/http"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"handrail/care"
	"handrail/care/caretest"
	"handrail/handlers"
	"handrail/handlers/edge"
	"handrail/handlers/edge/edgetest"
	"handrail/notify/webhook"
)

// pasted is one number as people paste it, in a form that each field must understand.
// Extensions are left out where only SMS go.
func pasted(extension bool) map[string]string {
	out := map[string]string{
		"plain": "+12025550177", "with separators": "+1 (202) 555-0177", "zero width space": "+1\u200b202\u200b5550177", "word joiner": "+1202\u2060555\u20600177",
		"byte order mark": "\ufeff+12025550177", "minus sign": "+1\u2212202\u2212555\u22120177", "full width": "＋１２０２５５５０１７７", "em space": "+1\u2003202\u20035550177",
		"figure and punctuation space": "+1\u2007202\u2008555\u20080177", "no-break spaces": "+1\u00a0202\u202f5550177", "hyphens": "+1\u2010202\u2011555\u20110177",
		"direction marks": "\u202a+12025550177\u202c", "isolates": "\u2066+1 202 555 0177\u2069", "soft hyphen": "+1202\u00ad5550177", "Arabic digits": "+١٢٠٢٥٥٥٠١٧٧",
		"link": "tel:+12025550177", "link, encoded": "tel:%2B1%20202%20555%200177", "word in front": "Tel.: +1 202 555 0177", "line break": "+1 202\n555 0177\n", "points": "+1.202.555.0177",
	}
	if extension {
		maps.Copy(out, map[string]string{"ext.": "+1 202 555 0177 ext. 5", "RFC 3966": "tel:+1-202-555-0177;ext=5", "pauses": "+12025550177,,5", "x": "+1\u00a0202\u00a05550177\u200bx\u200b5"})
	}
	return out
}

// phoneSpots are all fields for numbers, by operation; "[]" is any of a list. The walk
// below finds no other.
var phoneSpots = map[string][]string{
	"createAccount":          {"phone"},
	"setMyPhone":             {"phone"},
	"setCallWish":            {"number"},
	"hearSMS":                {"from"},
	"reportSMS":              {"to"},
	"expectByFirebase":       {"phone"},
	"addPartner":             {"phone"},
	"setPartner":             {"phone"},
	"addTaper":               {"call.phone"},
	"previewTaper":           {"call.phone"},
	"setTaper":               {"call.phone"},
	"renewClinicNumber":      {"was", "phone.number", "phone.display"},
	"checkCrisisPlanNumbers": {"numbers[].number"},
	"saveCrisisPlan": {"content.socialDistraction[].phone.number", "content.socialDistraction[].phone.display", "content.crisisSupport[].phone.number", "content.crisisSupport[].phone.display",
		"content.professionalSupport.contacts[].phone.number", "content.professionalSupport.contacts[].phone.display",
		"content.professionalSupport.emergencyDepartment.phone.number", "content.professionalSupport.emergencyDepartment.phone.display",
		"content.neverUseAlone.phone.number", "content.neverUseAlone.phone.display"},
}

// soundsLikeAPhone are names and descriptions of fields that hold a number to call.
var soundsLikeAPhone = regexp.MustCompile(`(?i)phone|mobile|cellular|\btel\b|telecom|fax|E\.164|RFC 3966|number to call|number that|callback`)

// TestEveryPhoneFieldIsRead walks the bodies of all operations: what holds a number to
// call is left to models.ParsePhone, with room for what people paste, and is in the list.
func TestEveryPhoneFieldIsRead(t *testing.T) {
	w := openClinic(t)
	found := map[string][]string{}
	for _, op := range operations() {
		input, ok := op.Metadata[edge.InputKey].(reflect.Type)
		if !ok {
			continue
		}
		body, ok := input.FieldByName("Body")
		if !ok {
			continue
		}
		walkTexts(body.Type, "", func(at string, in reflect.Type, f reflect.StructField) {
			rule := handlers.Limits.At(in, f.Name)
			if w.api.TextForm(in, f) == "phone" {
				found[op.OperationID] = append(found[op.OperationID], at)
				if room := rule.Schema.MaxLength; f.Tag.Get("maxLength") != "160" && (room == nil || *room != 160) {
					t.Errorf("%s %s: no room for 160 characters", op.OperationID, at)
				}
			} else if says := at + " " + f.Tag.Get("doc") + rule.Schema.Description; f.Tag.Get("enum") == "" && rule.Schema.Enum == nil && soundsLikeAPhone.MatchString(says) && !notPhones[op.OperationID+" "+at] {
				t.Errorf("%s %s looks like a phone number, and is not read as one", op.OperationID, at)
			}
		})
	}
	for id, spots := range phoneSpots {
		slices.Sort(spots)
		slices.Sort(found[id])
		if !slices.Equal(spots, found[id]) {
			t.Errorf("%s: %v, in the list %v", id, found[id], spots)
		}
		delete(found, id)
	}
	if len(found) > 0 {
		t.Errorf("not in the list: %v", found)
	}
}

// notPhones have a word of it in their name or description and hold no number to call.
var notPhones = map[string]bool{}

// walkTexts visits each text of a body.
func walkTexts(in reflect.Type, at string, visit func(at string, in reflect.Type, f reflect.StructField)) {
	switch in.Kind() {
	case reflect.Pointer:
		walkTexts(in.Elem(), at, visit)
	case reflect.Slice, reflect.Array, reflect.Map:
		walkTexts(in.Elem(), at+"[]", visit)
	case reflect.Struct:
		for i := range in.NumField() {
			f := in.Field(i)
			name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
			if f.PkgPath != "" && !f.Anonymous || name == "-" {
				continue
			}
			below := strings.TrimPrefix(at+"."+name, ".")
			if f.Anonymous && name == "" {
				below = at
			}
			if f.Type.Kind() == reflect.String {
				visit(below, in, f)
			} else {
				walkTexts(f.Type, below, visit)
			}
		}
	}
}

// TestPastedNumbersInEveryField: each field takes each form, and what is shown and
// dialled afterwards is the number.
func TestPastedNumbersInEveryField(t *testing.T) {
	c := openClinic(t)
	for name, text := range pasted(true) {
		extension := strings.HasSuffix(text, "5")
		want := "+12025550177"
		if extension {
			want += ";ext=5"
		}
		phone := map[string]any{"number": text, "display": text}
		t.Run(name, func(t *testing.T) {
			for i := range c.callers[1:] {
				c.callers[i+1].token = c.SignIn(c.account(i + 1)).AccessToken
			}
			c.takesInAPlan(t, phone, want)
			made := c.reaches(t, "createAccount", map[string]any{"id": care.NewID(), "role": "patient", "name": "New", "phone": text})
			if made["phone"] != nil && made["phone"] != want {
				t.Errorf("an account: %v", made)
			}
			c.Clock.Move(time.Minute)
			if extension {
				return
			}
			c.reaches(t, "setMyPhone", map[string]any{"phone": text, "sms": true})
			c.hears(t, text, "STOP")
			c.hears(t, "+12025550177", "START")
		})
	}
}

// reaches calls an operation as somebody who may, and wants it done.
func (c *clinic) reaches(t *testing.T, id string, body any) map[string]any {
	t.Helper()
	for _, op := range operations() {
		if op.OperationID != id {
			continue
		}
		v := c.visitFor(t, id)
		v.body = body
		token := c.allowed(t, op)
		if id == "renewClinicNumber" { // the table's is of nobody: its plan has none of the clinic's
			token = c.SignIn(c.therapist.AccountID).AccessToken
		}
		res := c.call(t, op, v, token)
		raw := edgetest.ReadAll(t, res.Body)
		if res.StatusCode >= 300 {
			t.Errorf("%s: %d %s", id, res.StatusCode, raw)
		}
		var out map[string]any
		_ = json.Unmarshal([]byte(raw), &out)
		return out
	}
	t.Fatal("no operation " + id)
	return nil
}

// takesInAPlan writes a number into each place of a plan, marks it as checked by another
// form of it, and looks at what a phone dials.
func (c *clinic) takesInAPlan(t *testing.T, phone map[string]any, want string) {
	t.Helper()
	content := map[string]any{
		"warningSigns":        []any{map[string]any{"text": "I stop answering " + care.NewID()}},
		"socialDistraction":   []any{map[string]any{"kind": "person", "name": "Ana", "phone": phone}},
		"crisisSupport":       []any{map[string]any{"name": "Ben", "phone": phone, "agreed": true, "mayBeTold": true}},
		"professionalSupport": map[string]any{"contacts": []any{map[string]any{"name": "The desk", "agency": caretest.Site.Name, "phone": phone}}, "emergencyDepartment": map[string]any{"name": "ER", "phone": phone}},
		"neverUseAlone":       map[string]any{"phone": phone},
	}
	out := c.reaches(t, "saveCrisisPlan", map[string]any{"content": content})
	raw, err := json.Marshal(out["draft"])
	if err != nil {
		t.Fatal(err)
	}
	c.planVersion++
	if n := strings.Count(string(raw), fmt.Sprintf(`"number":%q`, want)); n != 5 {
		t.Errorf("%d of 5 numbers are %s: %s", n, want, raw)
	}
	c.reaches(t, "checkCrisisPlanNumbers", map[string]any{"numbers": []any{map[string]any{"number": phone["number"], "works": true}}})
	c.reaches(t, "activateCrisisPlan", map[string]any{"version": c.planVersion})
	c.reaches(t, "renewClinicNumber", map[string]any{"was": phone["number"], "phone": phone})
}

// hears lets the SMS gateway hand on a word from a number, and looks whether it is heard
// by whoever has the number.
func (c *clinic) hears(t *testing.T, from, word string) {
	t.Helper()
	c.Clock.Move(time.Second) // the later word holds
	api := handlers.New(handlers.Config{Care: c.Care, Notify: c.notify, SMSSecret: smsSecret, Edge: edge.Config{Now: c.Clock.Now, Version: "test", Log: slog.New(slog.DiscardHandler)}})
	was := c.api
	c.api = api
	defer func() { c.api = was }()
	body := map[string]string{"from": from, "text": word}
	raw, err := json.Marshal(body)
	if err != nil {
		t.Fatal(err)
	}
	id, at := care.NewID(), fmt.Sprint(c.Clock.Now().Unix())
	res, out := c.says(t, "", "POST", "/v1/sms/inbound", body, "webhook-id", id, "webhook-timestamp", at, "webhook-signature", webhook.Sign(smsSecret, id, at, append(raw, '\n')))
	if res.StatusCode != http.StatusOK || out["action"] != strings.ToLower(word) {
		t.Errorf("%s: %d %v", word, res.StatusCode, out)
	}
	if _, out := c.says(t, c.callers[1].token, "GET", "/v1/me/notification-settings", nil); out["smsStopped"] != (word == "STOP") {
		t.Errorf("%s: %v", word, out)
	}
}
