package mail

import (
	"bufio"
	"context"
	"crypto/tls"
	"fmt"
	"net"
	"strings"
	"testing"
	"time"

	"handrail/notify"
	"handrail/notify/notifytest"
)

// silent is a mail server that says nothing any more from a step on.
type silent struct {
	from   string // "greeting", "EHLO", "STARTTLS", "AUTH", "MAIL", "RCPT", "DATA", ".", "second MAIL"
	config *tls.Config
	mails  int
}

func (s *silent) serve(t *testing.T, implicit bool) int {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ended := make(chan struct{})
	t.Cleanup(func() {
		_ = l.Close()
		close(ended)
	})
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go func() {
				<-ended
				_ = c.Close()
			}()
			if implicit {
				if s.from == "TLS" {
					continue
				}
				c = tls.Server(c, s.config)
			}
			go s.talk(c)
		}
	}()
	return l.Addr().(*net.TCPAddr).Port
}

func (s *silent) talk(c net.Conn) {
	say := func(step, text string) bool {
		if s.from == step {
			return false
		}
		_, err := fmt.Fprint(c, text+"\r\n")
		return err == nil
	}
	if !say("greeting", "220 localhost ESMTP") {
		return
	}
	in := bufio.NewReader(c)
	for data := false; ; {
		line, err := in.ReadString('\n')
		if err != nil {
			return
		}
		line = strings.TrimRight(line, "\r\n")
		word, _, _ := strings.Cut(strings.ToUpper(line), " ")
		ok := true
		switch {
		case data && line == ".":
			data, s.mails = false, s.mails+1
			ok = say(".", "250 ok")
		case data:
		case word == "EHLO":
			ok = say("EHLO", "250-localhost\r\n250-STARTTLS\r\n250 AUTH PLAIN")
		case word == "STARTTLS":
			if ok = say("STARTTLS", "220 go"); ok {
				c = tls.Server(c, s.config)
				in = bufio.NewReader(c)
			}
		case word == "AUTH":
			ok = say("AUTH", "235 ok")
		case word == "DATA":
			ok = say("DATA", "354 go")
			data = true
		case word == "MAIL" && s.mails == 1:
			ok = say("second MAIL", "250 ok")
		default:
			ok = say(word, "250 ok")
		}
		if !ok {
			return
		}
	}
}

// TestAMailServerThatGoesSilent: at whatever step, Send is back when its context ends,
// and says of each mail what is known.
func TestAMailServerThatGoesSilent(t *testing.T) {
	m, err := notifytest.NewMail()
	if err != nil {
		t.Fatal(err)
	}
	defer m.Close()
	for _, implicit := range []bool{false, true} {
		for _, step := range []string{"TLS", "greeting", "EHLO", "STARTTLS", "AUTH", "MAIL", "RCPT", "DATA", ".", "second MAIL", "QUIT"} {
			if implicit && step == "STARTTLS" || !implicit && step == "TLS" {
				continue
			}
			t.Run(fmt.Sprintf("%s, implicit %v", step, implicit), func(t *testing.T) {
				t.Parallel()
				s := &silent{from: step, config: m.ServerTLS()}
				c := mustNew(t, Config{Host: "localhost", Port: s.serve(t, implicit), User: "clinic", Password: "x", From: "no-reply@clinic.example", TLS: m.TLS(), implicit: implicit})
				ctx, cancel := context.WithTimeout(t.Context(), 400*time.Millisecond)
				defer cancel()
				came := make(chan []notify.Result, 1)
				go func() {
					came <- c.Send(ctx, []notify.Message{message(t, "a@example.org", "en"), message(t, "b@example.org", "en"), message(t, "c@example.org", "en")})
				}()
				select {
				case out := <-came:
					first, last := out[0].Outcome, out[2].Outcome
					want := notify.Retry
					switch step {
					case ".":
						want = notify.Lost
					case "second MAIL", "QUIT":
						want = notify.Accepted
					}
					if first != want || step != "QUIT" && last != notify.Retry {
						t.Errorf("%+v", out)
					}
				case <-time.After(15 * time.Second):
					t.Fatal("it is not back long after its context ended")
				}
			})
		}
	}
}
