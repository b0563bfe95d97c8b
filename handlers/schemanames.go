package handlers

import (
	"reflect"
	"regexp"

	"github.com/danielgtaylor/huma/v2"
)

// ownWords finds types of packages that are called after what their types are about,
// alone and as what a list is of.
var ownWords = regexp.MustCompile(`handrail/models/(crisisplan|checkin)\.(\w+)`)

<<<<<<< 66bcf2813fb438e0af4959ff56637f89964878ff
// schemaWords are schemas whose name does not begin with "Plan" (crisisplan), or is
// another than their type's (checkin).
var schemaWords = map[string]map[string]string{
	"crisisplan": {"Plan": "CrisisPlan", "Shared": "SharedPlan", "Naloxone": "Naloxone", "NaloxoneKit": "NaloxoneKit",
		"ToleranceLoss": "ToleranceLoss", "NeverUseAlone": "NeverUseAlone", "DrugChecking": "DrugChecking", "PostOverdoseStep": "PostOverdoseStep",
		"BundleSection": "BundleSection", "BundleItem": "BundleItem", "BundleDetail": "BundleDetail", "BundleMonitoring": "BundleMonitoring", "BundleSource": "BundleSource"},
	"checkin": {"Form": "CheckInForm", "Times": "CheckInTimes", "Note": "CheckInNote", "Submission": "CheckInSubmission"},
}
=======
// ofAlerts finds types of the alerts: their names begin with Alert.
var ofAlerts = regexp.MustCompile(`handrail/(?:models/risk|care/alerts)\.(?:Alert)?(\w*)`)

// planWords are the schemas of the crisis plan that are not "Plan" and their type's name.
var planWords = map[string]string{"Plan": "CrisisPlan", "Shared": "SharedPlan", "Naloxone": "Naloxone", "NaloxoneKit": "NaloxoneKit",
	"ToleranceLoss": "ToleranceLoss", "NeverUseAlone": "NeverUseAlone", "DrugChecking": "DrugChecking", "PostOverdoseStep": "PostOverdoseStep",
	"BundleSection": "BundleSection", "BundleItem": "BundleItem", "BundleDetail": "BundleDetail", "BundleMonitoring": "BundleMonitoring", "BundleSource": "BundleSource"}
>>>>>>> 3ceaea7b41183fa29fc5c63dcb9030b3d60d660f

// schemaName is how the API calls a type. Names of schemas have no packages: what the
// name of a package says in Go, theirs say themselves.
func schemaName(t reflect.Type, hint string) string {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if t.Name() == "" {
		return huma.DefaultSchemaNamer(t, hint)
	}
	name := ownWords.ReplaceAllStringFunc(t.PkgPath()+"."+t.Name(), func(full string) string {
		found := ownWords.FindStringSubmatch(full)
		in, own := found[1], found[2]
		if word, ok := schemaWords[in][own]; ok {
			return word
		}
		if in == "crisisplan" {
			return "Plan" + own
		}
		return own
	})
	name = ofAlerts.ReplaceAllString(name, "Alert$1")
	return huma.DefaultSchemaNamer(reflect.TypeFor[struct{}](), name)
}
