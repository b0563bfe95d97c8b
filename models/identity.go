package models

import "slices"

// How somebody of the office made sure who stands before them, before they let them
// back in. One of the strong ones is enough; of the others two are needed. [P]
var (
	identityStrong = []string{"known-in-person", "photo-id", "called-back"} // called on the number that the record has
	identityWeak   = []string{"birth-date", "last-visit", "address"}
)

// CheckIdentity holds what was checked against the rule. Nobody has to have an identity
// card: who is known in person has none to show.
//
// Errors: identityChecked with identity-not-checked, unknown-check or twice.
func CheckIdentity(checked []string) error {
	var c Checks
	strong, weak := 0, 0
	for i, how := range checked {
		switch {
		case slices.Contains(checked[:i], how):
			c.Fail("identityChecked", "twice", "Name each thing once.")
		case slices.Contains(identityStrong, how):
			strong++
		case slices.Contains(identityWeak, how):
			weak++
		default:
			c.Fail("identityChecked", "unknown-check", "Choose what you checked from the list.")
		}
	}
	c.Require(strong > 0 || weak > 1, "identityChecked", "identity-not-checked",
		"This person had a way in before. Say how you made sure that it is them: one strong check, or two others.")
	return c.Err()
}
