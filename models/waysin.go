package models

import "strings"

// Way is something that a person proves with that they are who they say.
type Way string

// The ways. WayCode lets in and is no second factor of staff.
const (
	WayCode         Way = "code"          // a one-time code of the office
	WayPasskey      Way = "passkey"       // WebAuthn
	WayPIN          Way = "pin"           // of the app, on a device that they were signed in on
	WayTOTP         Way = "totp"          // a code of six digits from an app of theirs (RFC 6238)
	WayRecoveryCode Way = "recovery-code" // one of ten on paper
	WayWord         Way = "word"          // a colleague's, for an emergency

	WayProvider       Way = "provider"        // a sign-in elsewhere: the hospital's, or Firebase
	WayProviderFactor Way = "provider-factor" // the hospital's, which asked for a second factor
)

// Factor tells whether a way is a second factor for people who work for the site.
func (w Way) Factor() bool {
	return w == WayPasskey || w == WayTOTP || w == WayRecoveryCode || w == WayProviderFactor
}

// How long a PIN may be, in digits. Six can't be tried through in five tries; older
// users type digits with few errors (PMC5754080).
const (
	PINLeast = 6
	PINMost  = 12
)

// CheckPIN refuses a PIN that is no number of PINLeast to PINMost digits, or one that
// is tried first: one digit over and over, and digits in a row.
func CheckPIN(field, pin string) error {
	var c Checks
	switch {
	case len(pin) < PINLeast:
		c.Fail(field, "too-short", "Use six digits or more.")
	case len(pin) > PINMost:
		c.Fail(field, "too-long", "Use twelve digits at most.")
	case strings.Trim(pin, "0123456789") != "":
		c.Fail(field, "not-digits", "Use digits only.")
	case evenSteps(pin):
		c.Fail(field, "too-easy", "This one is easy to guess. Choose other digits.")
	}
	return c.Err()
}

// evenSteps finds 000000, 123456, 987654 and their like.
func evenSteps(digits string) bool {
	step := int(digits[1]) - int(digits[0])
	for i := 1; i < len(digits); i++ {
		if int(digits[i])-int(digits[i-1]) != step {
			return false
		}
	}
	return step >= -1 && step <= 1
}
