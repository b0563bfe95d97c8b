package signal

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"handrail/models"
	"handrail/video/room"
)

func TestDecodeTakesWhatTheProtocolSays(t *testing.T) {
	for _, c := range []struct {
		in   string
		want func(Client) bool
	}{
		{`{"type":"hello","ref":"1","data":{"versions":[1],"ticket":"t"}}`, func(c Client) bool { return c.Ref == "1" && c.Hello.Ticket == "t" }},
		{`{"type":"hello","data":{"versions":[1],"resume":"t","lastSeq":7,"offer":{"generation":1,"sdp":"v=0","lines":[{"mid":"0","use":"microphone"}]}}}`,
			func(c Client) bool { return c.Hello.Offer.Lines[0].Use == UseMicrophone && c.Hello.LastSeq == 7 }},
		{`{"type":"command","data":{"verb":"admit","whom":"x"}}`, func(c Client) bool { return c.Command.Verb == room.Admit }},
		{`{"type":"watch","data":{"shows":[{"person":"p","kind":"screen","height":720}]}}`, func(c Client) bool { return c.Watch.Shows[0].Height == 720 }},
		{`{"type":"chat","data":{"id":"i","text":"hi"}}`, func(c Client) bool { return c.Chat.Text == "hi" }},
		{`{"type":"ping","data":{"stamp":1.5}}`, func(c Client) bool { return c.Ping.Stamp == 1.5 }},
	} {
		got, err := Decode([]byte(c.in))
		if err != nil || !c.want(got) {
			t.Errorf("%s: %+v %v", c.in, got, err)
		}
	}
}

func TestDecodeRefuses(t *testing.T) {
	long := func(n int) string { return strings.Repeat("a", n) }
	for name, in := range map[string]string{
		"empty": "", "no json": "{", "array": "[]", "null": "null", "two": `{"type":"ping","data":{"stamp":1}}{}`,
		"unknown type":      `{"type":"dance","data":{}}`,
		"unknown field":     `{"type":"ping","data":{"stamp":1,"x":2}}`,
		"no data":           `{"type":"watch"}`,
		"null data":         `{"type":"watch","data":null}`,
		"both tickets":      `{"type":"hello","data":{"versions":[1],"ticket":"a","resume":"b"}}`,
		"no ticket":         `{"type":"hello","data":{"versions":[1]}}`,
		"generation 0":      `{"type":"offer","data":{"generation":0,"sdp":"v","lines":[]}}`,
		"sdp too long":      `{"type":"offer","data":{"generation":1,"sdp":"` + long(MaxSDP+1) + `","lines":[]}}`,
		"two cameras":       `{"type":"offer","data":{"generation":1,"sdp":"v","lines":[{"mid":"0","use":"camera"},{"mid":"1","use":"camera"}]}}`,
		"same mid":          `{"type":"offer","data":{"generation":1,"sdp":"v","lines":[{"mid":"0","use":"see"},{"mid":"0","use":"see"}]}}`,
		"candidate long":    `{"type":"candidate","data":{"generation":1,"candidate":"` + long(MaxCandidate+1) + `"}}`,
		"watch sound":       `{"type":"watch","data":{"shows":[{"person":"p","kind":"audio","height":1}]}}`,
		"negative height":   `{"type":"watch","data":{"shows":[{"person":"p","kind":"video","height":-1}]}}`,
		"long chat":         `{"type":"chat","data":{"id":"i","text":"` + long(MaxChat+1) + `"}}`,
		"empty chat":        `{"type":"chat","data":{"id":"i","text":""}}`,
		"chat without id":   `{"type":"chat","data":{"text":"x"}}`,
		"not utf-8":         "{\"type\":\"chat\",\"data\":{\"id\":\"i\",\"text\":\"\xff\"}}",
		"negative report":   `{"type":"report","data":{"seconds":-1}}`,
		"message too large": `{"type":"` + long(MaxMessage) + `"}`,
	} {
		c, err := Decode([]byte(in))
		if err == nil {
			t.Errorf("%s was taken: %+v", name, c)
		}
	}
}

func TestErrorsNeverRepeatTheMessage(t *testing.T) {
	_, err := Decode([]byte(`{"type":"chat","data":{"id":"i","secret-word":"x"}}`))
	if err == nil || strings.Contains(fmt.Sprintf("%v %+v", err, err), "secret-word") {
		t.Errorf("%v", err)
	}
}

func TestBudget(t *testing.T) {
	now := time.Unix(1000, 0)
	b := NewBudget()
	for i := range Candidates {
		if err, _ := b.Spend(Client{Candidate: &Candidate{Generation: 1}}, now); err != nil {
			t.Fatalf("candidate %d refused", i)
		}
	}
	if err, fatal := b.Spend(Client{Candidate: &Candidate{Generation: 1}}, now); err == nil || !fatal {
		t.Error("one candidate too many was taken")
	}
	b = NewBudget()
	refused := 0
	for range 20 {
		if err, fatal := b.Spend(Client{Chat: &Text{}}, now); err != nil {
			refused++
			if fatal || models.KindOf(err) != models.KindTooMany {
				t.Error("a fast writer should be slowed, not thrown out")
			}
		}
	}
	if refused != 12 {
		t.Errorf("%d of 20 chat messages refused at once", refused)
	}
	if err, _ := b.Spend(Client{Chat: &Text{}}, now.Add(2*time.Second)); err != nil {
		t.Error("the allowance does not come back")
	}
	var fatal bool
	for range 400 {
		_, f := b.Spend(Client{Ping: &Ping{}}, now.Add(2*time.Second))
		fatal = fatal || f
	}
	if !fatal {
		t.Error("a flood did not end the connection")
	}
}

func TestLogCatchesUpOrSaysThatItCannot(t *testing.T) {
	var l Log
	if e, ok := l.Since(0); !ok || len(e) != 0 {
		t.Error("an empty log has nothing to catch up")
	}
	for i := range 300 {
		l.Add(TypeChat, Said{Text: fmt.Sprint(i)})
	}
	e, ok := l.Since(297)
	if !ok || len(e) != 3 {
		t.Fatalf("%d events, %v", len(e), ok)
	}
	var env struct {
		Seq  uint64
		Data Said
	}
	if json.Unmarshal(e[0], &env) != nil || env.Seq != 298 || env.Data.Text != "297" {
		t.Errorf("%s", e[0])
	}
	if e, ok = l.Since(300 - LogSize); !ok || len(e) != LogSize {
		t.Errorf("the whole ring: %d %v", len(e), ok)
	}
	if _, ok = l.Since(300 - LogSize - 1); ok {
		t.Error("caught up with events that are gone")
	}
	if _, ok = l.Since(301); ok {
		t.Error("a number from the future was taken")
	}
}

func TestEveryServerMessageEncodes(t *testing.T) {
	for kind, data := range map[string]any{TypeWelcome: Welcome{}, TypeAnswer: Answer{}, TypeRoom: Room{}, TypeSeats: Seats{},
		TypeSending: Sending{}, TypeChat: Said{}, TypeMedia: Media{}, TypeNetwork: Network{}, TypeResume: Resume{},
		TypePong: Pong{}, TypeError: Problem{}} {
		if !json.Valid(Encode(kind, 1, "r", data)) {
			t.Errorf("%s is no JSON", kind)
		}
	}
}

func FuzzDecode(f *testing.F) {
	f.Add([]byte(`{"type":"hello","data":{"versions":[1],"ticket":"t","offer":{"generation":1,"sdp":"v=0","lines":[{"mid":"0","use":"see"}]}}}`))
	f.Add([]byte(`{"type":"watch","ref":"7","data":{"shows":[{"person":"p","kind":"video","height":360}]}}`))
	f.Add([]byte(`{"type":"report","data":{"seconds":2,"freezes":1}}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		c, err := Decode(data)
		if err != nil {
			return
		}
		set := 0
		for _, on := range []bool{c.Hello != nil, c.Offer != nil, c.Candidate != nil, c.Command != nil, c.Watch != nil,
			c.Chat != nil, c.Caption != nil, c.Report != nil, c.Ping != nil} {
			if on {
				set++
			}
		}
		if set != 1 {
			t.Fatalf("%d messages in one", set)
		}
		if c.Chat != nil && len([]rune(c.Chat.Text)) > MaxChat || c.Offer != nil && len(c.Offer.SDP) > MaxSDP {
			t.Fatal("over the limit")
		}
	})
}
