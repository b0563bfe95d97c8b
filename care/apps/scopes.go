package apps

import (
	"slices"
	"strings"

	"handrail/models"
)

// What an app can ask for beside the record.
const (
	scopeOpenID   = "openid"
	scopeFHIRUser = "fhirUser"
	scopeOffline  = "offline_access"
	scopeOnline   = "online_access"
	scopeLaunch   = "launch"
	scopePatient  = "launch/patient"
)

var plainScopes = []string{scopeOpenID, scopeFHIRUser, scopeOffline, scopeOnline, scopeLaunch, scopePatient}

// Scopes are those that an app can ask for.
func Scopes() []string { return append(slices.Clone(plainScopes), models.AppScopes...) }

// readScopes keeps of what is asked for what there is here. A star stands for each
// resource, so that the person says yes or no to each one; reading is all there is, so
// what asks for more gets reading or nothing.
func readScopes(text string) []string {
	var out []string
	add := func(s string) {
		if !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	for s := range strings.FieldsSeq(text) {
		resource, verbs, ok := strings.Cut(strings.TrimPrefix(s, "patient/"), ".")
		switch {
		case slices.Contains(plainScopes, s):
			add(s)
		case !strings.HasPrefix(s, "patient/") || !ok || !reads(verbs):
		case resource == "*":
			for _, each := range models.AppScopes {
				add(each)
			}
		case slices.Contains(models.AppScopes, models.AppScope(resource)):
			add(models.AppScope(resource))
		}
	}
	return out
}

// reads: SMART 2's letters in their order with r and s, or the word of SMART 1. A part of a resource
// (?category=…) is not known here, and is not widened to the whole.
func reads(verbs string) bool {
	return verbs == "read" || verbs == "rs" || verbs == "cruds" || verbs == "*"
}

// ofRecord are the scopes that the person is asked about.
func ofRecord(scopes []string) []string {
	return slices.DeleteFunc(slices.Clone(scopes), func(s string) bool { return !slices.Contains(models.AppScopes, s) })
}
