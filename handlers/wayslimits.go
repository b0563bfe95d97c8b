package handlers

import (
	"reflect"

	"handrail/care/signin"
	"handrail/handlers/edge"
	"handrail/models"
)

// waysLimits are of the ways by which people come in.
var waysLimits = edge.Rules{
	reflect.TypeFor[models.Session](): {
		"Way":           edge.Doc("How its person proved who they are: code, passkey, pin, totp, recovery-code, provider (a sign-in elsewhere), provider-factor (one that asked for a second factor). Of older sessions it is not known."),
		"Provider":      edge.Doc("Whose sign-in it began with, by name: the hospital's, or Firebase. Left out: a way of our own."),
		"LastUsedAt":    edge.Doc("About when this device last asked for new tokens, to the hour. Left out: not known."),
		"Place":         edge.Doc("Roughly where it was last used. Left out: not known, or the session has ended."),
		"KeyThumbprint": edge.Doc("RFC 7638 thumbprint of the key that this device proves with each request (RFC 9449). Left out: the session has none."),
	},
	reflect.TypeFor[models.Place](): {
		"Country": edge.Doc("ISO 3166-1, where a proxy of the clinic says one."),
		"Private": edge.Doc("A private network, or the machine of the clinic itself."),
		"Network": edge.Doc("The network that it came from, shortened: /24 of IPv4, /48 of IPv6."),
	},
	reflect.TypeFor[signin.TOTPView](): {
		"Locked": edge.Doc("There were too many wrong codes. Set it anew after another way in."),
	},
	reflect.TypeFor[signin.NewTOTP](): {
		"Secret": edge.Doc("base32, to type"),
		"URI":    edge.Doc("otpauth:, for an app on the same device"),
		"QR":     edge.Doc("The same as a QR code: rows of 0 and 1."),
	},
	reflect.TypeFor[signin.Ways](): {
		"RecoveryCodes":    edge.Doc("How many are left."),
		"Offered":          edge.Doc("Which ways this person can add here: passkey, pin, totp, recovery-codes."),
		"SecondFactorFrom": edge.Doc("From when on staff need a passkey or TOTP to sign in."),
		"Signal":           edge.Doc("For the signal API of WebAuthn: which passkeys stand."),
	},
	reflect.TypeFor[signin.AcceptedPasskeys](): {
		"UserID":      edge.Doc("base64url"),
		"Credentials": edge.Doc("base64url"),
	},
	reflect.TypeFor[signin.Passkey](): {
		"Synced":       edge.Doc("It is kept by a password manager and works on several devices."),
		"CredentialID": edge.Doc("base64url, for PublicKeyCredential.signalUnknownCredential."),
	},
	reflect.TypeFor[signin.PINView](): {
		"Locked": edge.Doc("There were too many wrong tries. Set it anew after another way in."),
	},
}
