package crisisplan

import (
	"strings"
	"testing"

	"handrail/models"
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
		"+1 555 010 0001;ext=7":                      "+15550100001;ext=7",
		"+1\u200b555\u2060 010\ufeff0001":            "+15550100001",
		"+1\u2003555\u2007010\u20080001\u00a0\u202f": "+15550100001",
		"+1\u2212555\u2012010\u20140001":             "+15550100001",
		"+1\u2010555\ufe63010\uff0d0001":             "+15550100001",
		"\uff0b\uff11\uff15\uff15\uff15\uff10\uff11\uff10\uff10\uff10\uff10\uff11": "+15550100001",
		"＋１（５５５）０１０．０００１":                                                          "+15550100001",
		"+९१ ९८७६५ ४३२१०":                                                          "+919876543210",
		"\u2066+1 555 010 0001\u2069\u200f":                                        "+15550100001",
		"+1 555\u00ad010\u20240001\n":                                              "+15550100001",
		"tel:+15550100001":                                                         "+15550100001",
		"TEL:+1-555-010-0001;ext=12":                                               "+15550100001;ext=12",
		"tel:+1%20555%20010%200001":                                                "+15550100001",
		"Tel.: +1 555 010 0001":                                                    "+15550100001",
		"+1 555 010 0001 ext. 5":                                                   "+15550100001;ext=5",
		"+1 555 010 0001 EXT 5":                                                    "+15550100001;ext=5",
		"+1 555 010 0001 extension 1234":                                           "+15550100001;ext=1234",
		"+34 910 000 000 extensión 7":                                              "+34910000000;ext=7",
		"+52 55 0000 0000 ext.7":                                                   "+525500000000;ext=7",
		"+966501234567 تحويلة ٥":                                                   "+966501234567;ext=5",
		"+1 555 010 0001 x5":                                                       "+15550100001;ext=5",
		"+1 555 010 0001x 5":                                                       "+15550100001;ext=5",
		"+1 555 010 0001 #5":                                                       "+15550100001;ext=5",
		"+1 555 010 0001,,123#":                                                    "+15550100001;ext=123;postd=%23",
		"+1 555 010 0001;123":                                                      "+15550100001;ext=123",
		"+1 555 010 0001p12":                                                       "+15550100001;ext=12",
		"+15550100001;ext=123;postd=%23":                                           "+15550100001;ext=123;postd=%23",
		"+49 (0) 30 123456":                                                        "+4930123456",
		"+49(0)30/123456":                                                          "+4930123456",
		"+39 (0)2 2327 2327":                                                       "+390223272327",
		"+1 555 010 0001 ext.":                                                     "",
		"+1 555 010 0001 x":                                                        "",
		"+1 555 010 0001;isub=5":                                                   "",
		"+1 555 010 0001;phone-context=a":                                          "",
		"+1 555 010 0001 ext. 1234567890123":                                       "",
		"555 010 0001 ext. 5":                                                      "",
		"+1 555 010 0001 or +1 555 010 0002":                                       "",
		"+1 555 010 000²":                                                          "",
		"++15550100001":                                                            "",
		"+":                                                                        "",
		"":                                                                         "",
		"988":                                                                      "",
		"javascript:+15550100001":                                                  "",
		strings.Repeat(" ", 1000) + "+15550100001":                                 "",
	} {
		got, ok := models.ParsePhone(text)
		if ok != (want != "") || ok && got != want {
			t.Errorf("%.40q: got %q, %v", text, got, ok)
		}
	}
}

func TestPhonesInAPlan(t *testing.T) {
	for _, c := range []struct {
		phone   Phone
		service bool
		field   string // which is refused
	}{
		{Phone{Number: "+1 555 010 0001"}, false, ""},
		{Phone{Number: "+15550100001", Display: "(555) 010-0001"}, false, ""},
		{Phone{Number: "+15550100001", Display: "1-555-010-0001", Takes: "texts"}, false, ""},
		{Phone{Number: "+442079460000", Display: "020 7946 0000"}, false, ""},
		{Phone{Number: "+79161234567", Display: "8 (916) 123-45-67"}, false, ""},
		{Phone{Number: "+390223272327", Display: "02 2327 2327"}, false, ""},
		{Phone{Number: "+3612345678", Display: "06 1 234 5678"}, false, ""},
		{Phone{Number: "+4915112345678", Display: "0049 151 12345678"}, false, ""},
		{Phone{Number: "+966501234567", Display: "٠٥٠ ١٢٣ ٤٥٦٧"}, false, ""},
		{Phone{Number: "988"}, true, ""},
		{Phone{Number: "000"}, true, ""},
		{Phone{Number: "116 123", Display: "116 123"}, true, ""},
		{Phone{Number: "+1 555 010 0001 ext. 5", Display: "(555) 010-0001 x5"}, false, ""},
		{Phone{Number: "+1 555 010 0001 ext. 5", Display: "(555) 010-0001"}, false, ""}, // reaches the desk
		{Phone{Number: "tel:+15550100001", Display: "tel:+1\u200b555\u202f010\u20110001"}, false, ""},
		{Phone{Number: "tel:%2B1%20555%20010%200001", Display: "tel:%2B1%20555%20010%200001"}, false, ""},
		{Phone{Number: "+1 555 010 0001", Display: "tel:%2B1%20555%20010%200002"}, false, "p.display"},
		{Phone{Number: "+1 555 010 0001", Display: "(555) 010-0001 x5"}, false, "p.display"},
		{Phone{Number: "+1 555 010 0001 x6", Display: "(555) 010-0001 x5"}, false, "p.display"},
		{Phone{Number: "988 x5"}, true, "p.number"},
		{Phone{Number: "988"}, false, "p.number"},
		{Phone{Number: "555 010 0001"}, true, "p.number"},
		{Phone{}, false, "p.number"},
		{Phone{Number: "+15550100001", Takes: "faxes"}, false, "p.takes"},
		{Phone{Number: "+15550100001", Display: "(555) 010-0002"}, false, "p.display"}, // shows one, dials another
		{Phone{Number: "+15550100001", Display: "+33 5550100001"}, false, "p.display"},
		{Phone{Number: "+15550100001", Display: "0001"}, false, "p.display"},
		{Phone{Number: "+15550100001", Display: "call me"}, false, "p.display"},
		{Phone{Number: "+15550100001", Display: "911 5550100001"}, false, "p.display"},
		{Phone{Number: "988", Display: "989"}, true, "p.display"},
		{Phone{Number: "+15550100001", Display: "+1555" + strings.Repeat("-", 61) + "0100001"}, false, "p.display"},
	} {
		var checks models.Checks
		c.phone.normal().check(&checks, "p", c.service)
		if got := checks.Fields(); (c.field == "") != (len(got) == 0) || len(got) > 0 && got[0].Field != c.field {
			t.Errorf("%+v: refused %+v, want %q", c.phone, got, c.field)
		}
	}
}

func TestAnExtensionIsDialledAfterAPause(t *testing.T) {
	for number, want := range map[string]string{"+1 555 010 0001 ext. 5": "tel:+15550100001,5 sms:+15550100001 +15550100001 ext. 5", "+1 555 010 0001,,123#": "tel:+15550100001,123%23 sms:+15550100001 +15550100001 ext. 123#"} {
		calls := (Phone{Number: number, Takes: "both"}).normal().Calls()
		if got := calls[0].Href + " " + calls[1].Href + " " + calls[0].Display; got != want {
			t.Errorf("%s: %s", number, got)
		}
	}
}

// TestWhatIsShownOfALink is the number, in signs that people read.
func TestWhatIsShownOfALink(t *testing.T) {
	for text, want := range map[string]string{"tel:%2B1%20555%20010%200001": "+1 555 010 0001", "TEL:+1-555-010-0001;ext=5": "+1-555-010-0001;ext=5",
		"Tel.: +1 555 010 0001": "+1 555 010 0001", "+1 555 010 0001": "+1 555 010 0001"} {
		if got := shownPhone(text); got != want {
			t.Errorf("%q: %q", text, got)
		}
	}
}

func TestCalls(t *testing.T) {
	for takes, want := range map[string]string{"calls": "tel:+15550100001", "texts": "sms:+15550100001", "both": "tel:+15550100001 sms:+15550100001"} {
		var hrefs []string
		for _, c := range (Phone{Number: "+15550100001", Takes: takes}).normal().Calls() {
			hrefs = append(hrefs, c.Href)
		}
		if got := strings.Join(hrefs, " "); got != want {
			t.Errorf("%s: %s", takes, got)
		}
	}
}

// FuzzPhone: what is taken can be DialledPhone, reading it again gives the same, and what
// is shown never leads to another number.
func FuzzPhone(f *testing.F) {
	for _, seed := range [][2]string{{"+1 (555) 010-0001", "(555) 010-0001"}, {"+44 (0)20 7946 0000", "020 7946 0000"}, {"+٩٦٦٥٠١٢٣٤٥٦٧", ""},
		{"988", "988"}, {"+(0)(0)15550100001", "+"}, {"\xff+1555", "\u202e1000010555"}, {strings.Repeat("\xf8", 54), "0"}} {
		f.Add(seed[0], seed[1])
	}
	f.Fuzz(func(t *testing.T, number, display string) {
		if got, ok := models.ParsePhone(number); ok {
			base, _ := models.PhoneExtension(got)
			if again, ok := models.ParsePhone(got); !ok || again != got || len(base) > 16 || strings.Trim(base, "+0123456789") != "" {
				t.Fatalf("%q gives %q, then %q", number, got, again)
			}
		}
		p := Phone{Number: number, Display: display}.normal()
		if again := p.normal(); again != p {
			t.Fatalf("normal twice: %+v, %+v", p, again)
		}
		var c models.Checks
		if p.check(&c, "p", true); len(c.Fields()) > 0 {
			return
		}
		base, extension := models.PhoneExtension(p.Number)
		for _, call := range p.Calls() {
			if rest, ok := strings.CutPrefix(call.Href, "tel:"+base); !ok || rest != "" != (extension != "") || strings.Trim(call.Href, "+0123456789tel:,%") != "" {
				t.Fatalf("dials %q", call.Href)
			}
		}
		if shown, _ := models.PhoneExtension(models.DialledPhone(p.Display)); !strings.HasSuffix(base, shown[min(2, len(shown)):]) && shown != base {
			t.Fatalf("shows %q and dials %q", p.Display, p.Number)
		}
	})
}
