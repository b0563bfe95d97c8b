package signin_test

import (
	"encoding/base64"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/go-webauthn/webauthn/protocol/webauthncbor"
	"github.com/pquerna/otp/totp"

	"handrail/care"
	"handrail/care/caretest"
	"handrail/care/signin"
	"handrail/models"
)

var b64 = base64.RawURLEncoding

// rewritten changes the client data of an answer, or its flags, without signing it anew:
// what is not signed must not count.
func rewritten(t *testing.T, text string, change func([]byte) []byte) string {
	t.Helper()
	b, err := b64.DecodeString(text)
	if err != nil {
		t.Fatal(err)
	}
	return b64.EncodeToString(change(b))
}

func swap(old, to string) func([]byte) []byte {
	return func(b []byte) []byte { return []byte(strings.Replace(string(b), old, to, 1)) }
}

// TestSiblingsOfPasskeys: each is refused like an unknown passkey, and a right one beside
// them opens.
func TestSiblingsOfPasskeys(t *testing.T) {
	h := caretest.New(t)
	who := h.Patient()
	a := caretest.NewAuthenticator(t)
	addPasskey(t, h, who, a)
	type bend = func(a *caretest.Authenticator, s *signin.Asserted)
	client := func(old, to string) bend {
		return func(_ *caretest.Authenticator, s *signin.Asserted) {
			s.ClientDataJSON = rewritten(t, s.ClientDataJSON, swap(old, to))
		}
	}
	for name, bend := range map[string]bend{
		"made, not asked":       client("webauthn.get", "webauthn.create"),
		"a payment":             client("webauthn.get", "payment.get"),
		"type twice":            client(`"type"`, `"type":"webauthn.create","type"`),
		"origin twice":          client(`"origin"`, `"origin":"https://evil.example","origin"`),
		"in a foreign frame":    client(`"crossOrigin":false`, `"crossOrigin":true,"topOrigin":"https://evil.example"`),
		"a token binding":       client(`"crossOrigin":false`, `"crossOrigin":false,"tokenBinding":{"status":"present","id":"x"}`),
		"origin in capitals":    client("https://care", "HTTPS://CARE"),
		"origin with a port":    client(`example.org"`, `example.org:8443"`),
		"origin with a dot":     client(`example.org"`, `example.org."`),
		"origin null":           client(`"https://care.example.org"`, `null`),
		"client data is a list": client("{", "[{"),
		"more after it": func(_ *caretest.Authenticator, s *signin.Asserted) {
			s.ClientDataJSON = rewritten(t, s.ClientDataJSON, func(b []byte) []byte { return append(b, b...) })
		},
		"a BOM before it": func(_ *caretest.Authenticator, s *signin.Asserted) {
			s.ClientDataJSON = rewritten(t, s.ClientDataJSON, func(b []byte) []byte { return append([]byte("\ufeff"), b...) })
		},
		"nobody was there": func(_ *caretest.Authenticator, s *signin.Asserted) {
			s.AuthenticatorData = rewritten(t, s.AuthenticatorData, func(b []byte) []byte { b[32] &^= 1; return b })
		},
		"backed up, not able": func(_ *caretest.Authenticator, s *signin.Asserted) {
			s.AuthenticatorData = rewritten(t, s.AuthenticatorData, func(b []byte) []byte { b[32] |= 16; return b })
		},
		"more after the data": func(_ *caretest.Authenticator, s *signin.Asserted) {
			s.AuthenticatorData = rewritten(t, s.AuthenticatorData, func(b []byte) []byte { return append(b, 0) })
		},
		"data cut": func(_ *caretest.Authenticator, s *signin.Asserted) {
			s.AuthenticatorData = rewritten(t, s.AuthenticatorData, func(b []byte) []byte { return b[:36] })
		},
		"a line within": func(_ *caretest.Authenticator, s *signin.Asserted) {
			s.Signature = s.Signature[:8] + "\n" + s.Signature[8:]
		},
		"no signature": func(_ *caretest.Authenticator, s *signin.Asserted) { s.Signature = "" },
		"a signature of zeros": func(_ *caretest.Authenticator, s *signin.Asserted) {
			s.Signature = b64.EncodeToString([]byte{0x30, 6, 2, 1, 0, 2, 1, 0})
		},
		"a long id":         func(_ *caretest.Authenticator, s *signin.Asserted) { s.ID = strings.Repeat("A", 4000) },
		"an id with a path": func(_ *caretest.Authenticator, s *signin.Asserted) { s.ID = "../../" + s.ID },
		"a long handle":     func(_ *caretest.Authenticator, s *signin.Asserted) { s.UserHandle = strings.Repeat("A", 4000) },
	} {
		s := a.Answer(offer(t, h))
		bend(a, &s)
		_, err := h.Care.Signin.SignInWithPasskey(t.Context(), s, caretest.Phone())
		if models.KindOf(err) != models.KindInvalid || err.Error() != "passkey-not-valid" {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := withPasskey(t, h, a); err != nil {
		t.Errorf("the right one: %v", err)
	}
}

// TestSiblingsOfMadePasskeys: another statement than the one asked for, an id that somebody
// has, nobody there.
func TestSiblingsOfMadePasskeys(t *testing.T) {
	h := caretest.New(t)
	who, other := h.Patient(), h.Patient()
	taken := caretest.NewAuthenticator(t)
	addPasskey(t, h, other, taken)
	object := func(change func(map[string]any)) func(*signin.Registered) {
		return func(r *signin.Registered) {
			r.AttestationObject = rewritten(t, r.AttestationObject, func(b []byte) []byte {
				var all map[string]any
				if err := webauthncbor.Unmarshal(b, &all); err != nil {
					t.Fatal(err)
				}
				change(all)
				out, err := webauthncbor.Marshal(all)
				if err != nil {
					t.Fatal(err)
				}
				return out
			})
		}
	}
	for name, bend := range map[string]func(*signin.Registered){
		"packed, unsigned": object(func(m map[string]any) { m["fmt"] = "packed" }),
		"packed, forged": object(func(m map[string]any) {
			m["fmt"], m["attStmt"] = "packed", map[string]any{"alg": -7, "sig": []byte("x")}
		}),
		"u2f, no chain": object(func(m map[string]any) {
			m["fmt"], m["attStmt"] = "fido-u2f", map[string]any{"sig": []byte("x"), "x5c": []any{}}
		}),
		"tpm, empty":         object(func(m map[string]any) { m["fmt"], m["attStmt"] = "tpm", map[string]any{} }),
		"unknown":            object(func(m map[string]any) { m["fmt"] = "of-nobody" }),
		"none, with words":   object(func(m map[string]any) { m["attStmt"] = map[string]any{"x": 1} }),
		"no data":            object(func(m map[string]any) { delete(m, "authData") }),
		"data is text":       object(func(m map[string]any) { m["authData"] = "x" }),
		"nobody was there":   object(func(m map[string]any) { d := m["authData"].([]byte); d[32] &^= 1; m["authData"] = d }),
		"no key in it":       object(func(m map[string]any) { d := m["authData"].([]byte); d[32] &^= 64; m["authData"] = d }),
		"more after it":      object(func(m map[string]any) { m["authData"] = append(m["authData"].([]byte), 1, 2, 3) }),
		"cut":                object(func(m map[string]any) { m["authData"] = m["authData"].([]byte)[:80] }),
		"a length that lies": object(func(m map[string]any) { d := m["authData"].([]byte); d[53] = 0xff; m["authData"] = d }),
		"not CBOR":           func(r *signin.Registered) { r.AttestationObject = "AAAA" },
		"asked, not made": func(r *signin.Registered) {
			r.ClientDataJSON = rewritten(t, r.ClientDataJSON, swap("webauthn.create", "webauthn.get"))
		},
		"another id": func(r *signin.Registered) { r.ID = "AAAA" },
	} {
		made, err := h.Care.Signin.NewPasskey(t.Context(), who)
		if err != nil {
			t.Fatal(err)
		}
		r := caretest.NewAuthenticator(t).Make(made)
		bend(&r)
		if _, err = h.Care.Signin.AddPasskey(t.Context(), who, "Key", r); models.KindOf(err) != models.KindInvalid || err.Error() != "passkey-not-made" {
			t.Errorf("%s: %v", name, err)
		}
	}
	made, err := h.Care.Signin.NewPasskey(t.Context(), who)
	if err != nil {
		t.Fatal(err)
	}
	if _, err = h.Care.Signin.AddPasskey(t.Context(), who, "Key", taken.Make(made)); models.KindOf(err) != models.KindInvalid {
		t.Errorf("an id that another has: %v", err)
	}
}

// TestSiblingsOfCodes: other spellings of a code, in parallel, by several devices.
func TestSiblingsOfCodes(t *testing.T) {
	h := caretest.New(t)
	who := h.Patient()
	codes, err := h.Care.Signin.NewRecoveryCodes(t.Context(), who)
	if err != nil {
		t.Fatal(err)
	}
	wide := func(s string) string { // fullwidth forms, which NFKC makes plain
		return strings.Map(func(r rune) rune {
			if r > ' ' && r <= '~' {
				return r + 0xfee0
			}
			return r
		}, s)
	}
	one := codes.Codes[0]
	for name, odd := range map[string]string{"fullwidth": wide(one), "a zero-width space": one[:3] + "\u200b" + one[3:], "a soft hyphen": one[:3] + "\u00ad" + one[3:], "combining": one[:3] + "\u0301" + one[3:], "turned about": "\u202e" + one,
		"NUL": one + "\x00", "not UTF-8": one[:3] + "\xff" + one[3:], "long": strings.Repeat(one, 100), "twice": one + one, "spaces": strings.Repeat(" ", 500), "Arabic digits": strings.NewReplacer("0", "٠", "1", "١", "2", "٢").Replace(one) + "٣", "empty": ""} {
		if _, err := h.Care.Signin.SignInWithRecoveryCode(t.Context(), odd, caretest.Phone()); models.KindOf(err) != models.KindInvalid || err.Error() != "recovery-code-not-valid" {
			t.Errorf("recovery code, %s: %v", name, err)
		}
	}
	if _, err := h.Care.Signin.SignInWithRecoveryCode(t.Context(), one, caretest.Phone()); err != nil {
		t.Errorf("the right one: %v", err)
	}
	code := h.CodeFor(who.AccountID)
	for name, odd := range map[string]string{"fullwidth": wide(code), "a dotless i": strings.Replace(code, "1", "ı", 1) + "ı", "NUL": code + "\x00", "not UTF-8": "\xff" + code} {
		if _, err := h.Care.Signin.Enrol(t.Context(), "203.0.113.1", odd, caretest.Phone()); models.KindOf(err) != models.KindInvalid {
			t.Errorf("code, %s: %v", name, err)
		}
	}
	instances := []*care.Care{h.Care, h.Instance()}
	var in atomic.Int32
	var all sync.WaitGroup
	for i := range 16 {
		all.Go(func() {
			if _, err := instances[i%2].Signin.Enrol(t.Context(), "203.0.113.1", code, caretest.Phone()); err == nil {
				in.Add(1)
			} else if models.KindOf(err) != models.KindInvalid {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if in.Load() != 1 {
		t.Errorf("a code given 16 times at once let %d devices in", in.Load())
	}
}

// TestSiblingsOfPINsAndAppCodes: five wrong PINs are all there are, over all devices of a
// person; a code of an app works once in its window, at several instances.
func TestSiblingsOfPINsAndAppCodes(t *testing.T) {
	h := caretest.New(t)
	who := h.SignIn(h.Patient().AccountID).Session.Actor()
	if _, err := h.Care.Signin.SetPIN(t.Context(), who, "739152"); err != nil {
		t.Fatal(err)
	}
	var phones []string
	for range 4 {
		phones = append(phones, h.SignIn(who.AccountID).RefreshToken)
	}
	h.Clock.Move(181 * 24 * time.Hour)
	right, locked := 0, 0
	for i := range 12 {
		switch _, err := h.Care.Signin.SignInWithPIN(t.Context(), phones[i%4], []string{"000000", "111111", "７３９１５２"}[i%3]); {
		case err == nil:
			right++
		case err.Error() == "pin-locked":
			locked++
		case err.Error() != "pin-not-right":
			t.Error(err)
		}
	}
	if _, err := h.Care.Signin.SignInWithPIN(t.Context(), phones[3], "739152"); err == nil || err.Error() != "pin-locked" || right != 0 || locked != 8 {
		t.Errorf("%v; %d right, %d locked", err, right, locked)
	}

	nurse := h.SignIn(h.Clinician(models.DisciplineNursing).AccountID).Session.Actor()
	begun, err := h.Care.Signin.BeginTOTP(t.Context(), nurse)
	if err != nil {
		t.Fatal(err)
	}
	now := func() string {
		code, err := totp.GenerateCode(begun.Secret, h.Clock.Now())
		if err != nil {
			t.Fatal(err)
		}
		return code
	}
	if _, err := h.Care.Signin.ConfirmTOTP(t.Context(), nurse, now()); err != nil {
		t.Fatal(err)
	}
	if _, err := h.Care.Signin.StepUpWithTOTP(t.Context(), nurse, now()); err == nil {
		t.Error("the code that confirmed it counts again")
	}
	h.Clock.Move(time.Minute)
	other, code := h.Instance(), now()
	if _, err := h.Care.Signin.StepUpWithTOTP(t.Context(), nurse, code); err != nil {
		t.Fatal(err)
	}
	for name, odd := range map[string]string{"again": code, "with spaces": code[:3] + " " + code[3:], "fullwidth": strings.Map(func(r rune) rune { return r + 0xfee0 }, code), "long": code + code, "empty": ""} {
		if _, err := other.Signin.StepUpWithTOTP(t.Context(), nurse, odd); models.KindOf(err) != models.KindInvalid {
			t.Errorf("%s: %v", name, err)
		}
	}
	h.Clock.Move(-30 * time.Second)
	if _, err := other.Signin.StepUpWithTOTP(t.Context(), nurse, now()); err == nil {
		t.Error("an older step after a newer one")
	}
}
