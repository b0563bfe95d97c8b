package texts

import (
	"embed"
	"io/fs"
)

//go:embed asked/*.json
var askedFiles embed.FS

// The texts that are sent by SMS and e-mail alone, and on no lock screen: what a patient
// chose that a supporter is told, and whether a number is its owner's. What somebody has
// signed never changes: other words are another code.
const (
	HelpCall Code = "help-call"
	HelpCome Code = "help-come"
	HelpLook Code = "help-look"
	Phone    Code = "phone" // a number is to be confirmed
)

// Asked lists them; each language has all of them.
var Asked = []Code{HelpCall, HelpCome, HelpLook, Phone}

// LoadAsked reads them.
func LoadAsked() (Catalog, error) {
	sub, err := fs.Sub(askedFiles, "asked")
	if err != nil {
		return nil, err
	}
	return read(sub, Asked)
}
