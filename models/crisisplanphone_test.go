package models

import (
	"strings"
	"testing"
)

func TestParsePhone(t *testing.T) {
	for text, want := range map[string]string{
		"+15550100001":                               "+15550100001",
		"+1 (555) 010-0001":                          "+15550100001",
		"+44 (0)20 7946 0000":                        "+442079460000",
		"+٩٦٦ ٥٠ ١٢٣ ٤٥٦٧":                           "+966501234567",
		"+۹۸ ۲۱ ۱۲۳۴ ۵۶۷۸":                           "+982112345678",
		"\u202a+1\u00a0555\u2011010\u20110001\u202c": "+15550100001",
		"+6834000":                                   "+6834000",
		"+123456789012345":                           "+123456789012345",
		"+1234567890123456":                          "", // 16 digits
		"+123456":                                    "",
		"+0555010000":                                "", // no country begins with 0
		"(555) 010-0001":                             "", // whose country?
		"0015550100001":                              "",
		"555-CALL-NOW":                               "",
		"+1555010000x":                               "",
		"+1 555 010 0001;ext=7":                      "",
		"++15550100001":                              "",
		"+":                                          "",
		"":                                           "",
		"988":                                        "",
		"javascript:+15550100001":                    "",
		strings.Repeat(" ", 500) + "+15550100001": "",
	} {
		got, ok := ParsePhone(text)
		if ok != (want != "") || ok && got != want {
			t.Errorf("%.40q: got %q, %v", text, got, ok)
		}
	}
}

func TestPhonesInAPlan(t *testing.T) {
	for _, c := range []struct {
		phone   PlanPhone
		service bool
		field   string // which is refused
	}{
		{PlanPhone{Number: "+1 555 010 0001"}, false, ""},
		{PlanPhone{Number: "+15550100001", Display: "(555) 010-0001"}, false, ""},
		{PlanPhone{Number: "+15550100001", Display: "1-555-010-0001", Takes: "texts"}, false, ""},
		{PlanPhone{Number: "+442079460000", Display: "020 7946 0000"}, false, ""},
		{PlanPhone{Number: "+79161234567", Display: "8 (916) 123-45-67"}, false, ""},
		{PlanPhone{Number: "+390223272327", Display: "02 2327 2327"}, false, ""},
		{PlanPhone{Number: "+3612345678", Display: "06 1 234 5678"}, false, ""},
		{PlanPhone{Number: "+4915112345678", Display: "0049 151 12345678"}, false, ""},
		{PlanPhone{Number: "+966501234567", Display: "٠٥٠ ١٢٣ ٤٥٦٧"}, false, ""},
		{PlanPhone{Number: "988"}, true, ""},
		{PlanPhone{Number: "000"}, true, ""},
		{PlanPhone{Number: "116 123", Display: "116 123"}, true, ""},
		{PlanPhone{Number: "988"}, false, "p.number"},
		{PlanPhone{Number: "555 010 0001"}, true, "p.number"},
		{PlanPhone{}, false, "p.number"},
		{PlanPhone{Number: "+15550100001", Takes: "faxes"}, false, "p.takes"},
		{PlanPhone{Number: "+15550100001", Display: "(555) 010-0002"}, false, "p.display"}, // shows one, dials another
		{PlanPhone{Number: "+15550100001", Display: "+33 5550100001"}, false, "p.display"},
		{PlanPhone{Number: "+15550100001", Display: "0001"}, false, "p.display"},
		{PlanPhone{Number: "+15550100001", Display: "call me"}, false, "p.display"},
		{PlanPhone{Number: "+15550100001", Display: "911 5550100001"}, false, "p.display"},
		{PlanPhone{Number: "988", Display: "989"}, true, "p.display"},
		{PlanPhone{Number: "+15550100001", Display: strings.Repeat(" ", 41) + "+15550100001"}, false, "p.display"},
	} {
		var checks Checks
		c.phone.normal().check(&checks, "p", c.service)
		if got := checks.fields; (c.field == "") != (len(got) == 0) || len(got) > 0 && got[0].Field != c.field {
			t.Errorf("%+v: refused %+v, want %q", c.phone, got, c.field)
		}
	}
}

func TestCalls(t *testing.T) {
	for takes, want := range map[string]string{"calls": "tel:+15550100001", "texts": "sms:+15550100001", "both": "tel:+15550100001 sms:+15550100001"} {
		var hrefs []string
		for _, c := range (PlanPhone{Number: "+15550100001", Takes: takes}).normal().Calls() {
			hrefs = append(hrefs, c.Href)
		}
		if got := strings.Join(hrefs, " "); got != want {
			t.Errorf("%s: %s", takes, got)
		}
	}
}

// FuzzPhone: what is taken can be dialled, reading it again gives the same, and what
// is shown never leads to another number.
func FuzzPhone(f *testing.F) {
	for _, seed := range [][2]string{{"+1 (555) 010-0001", "(555) 010-0001"}, {"+44 (0)20 7946 0000", "020 7946 0000"}, {"+٩٦٦٥٠١٢٣٤٥٦٧", ""},
		{"988", "988"}, {"+(0)(0)15550100001", "+"}, {"\xff+1555", "\u202e1000010555"}, {strings.Repeat("\xf8", 54), "0"}} {
		f.Add(seed[0], seed[1])
	}
	f.Fuzz(func(t *testing.T, number, display string) {
		if got, ok := ParsePhone(number); ok {
			if again, ok := ParsePhone(got); !ok || again != got || len(got) > 16 || strings.Trim(got, "+0123456789") != "" {
				t.Fatalf("%q gives %q, then %q", number, got, again)
			}
		}
		p := PlanPhone{Number: number, Display: display}.normal()
		if again := p.normal(); again != p {
			t.Fatalf("normal twice: %+v, %+v", p, again)
		}
		var c Checks
		if p.check(&c, "p", true); len(c.fields) > 0 {
			return
		}
		for _, call := range p.Calls() {
			if call.Href != "tel:"+p.Number || strings.Trim(p.Number, "+0123456789") != "" {
				t.Fatalf("dials %q", call.Href)
			}
		}
		if shown := dialled(p.Display); !strings.HasSuffix(p.Number, shown[min(2, len(shown)):]) && shown != p.Number {
			t.Fatalf("shows %q and dials %q", p.Display, p.Number)
		}
	})
}
