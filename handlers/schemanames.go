package handlers

import (
	"reflect"
	"regexp"

	"github.com/danielgtaylor/huma/v2"
)

// ofPlan finds types of the crisis plan, alone and as what a list is of.
var ofPlan = regexp.MustCompile(`handrail/models/crisisplan\.(\w+)`)

// planWords are the schemas of the crisis plan that are not "Plan" and their type's name.
var planWords = map[string]string{"Plan": "CrisisPlan", "Shared": "SharedPlan", "Naloxone": "Naloxone", "NaloxoneKit": "NaloxoneKit",
	"ToleranceLoss": "ToleranceLoss", "NeverUseAlone": "NeverUseAlone", "DrugChecking": "DrugChecking", "PostOverdoseStep": "PostOverdoseStep",
	"BundleSection": "BundleSection", "BundleItem": "BundleItem", "BundleDetail": "BundleDetail", "BundleMonitoring": "BundleMonitoring", "BundleSource": "BundleSource"}

// schemaName is how the API calls a type. Names of schemas have no packages: what the
// name of a package says in Go, theirs say themselves.
func schemaName(t reflect.Type, hint string) string {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if t.Name() == "" {
		return huma.DefaultSchemaNamer(t, hint)
	}
	name := ofPlan.ReplaceAllStringFunc(t.PkgPath()+"."+t.Name(), func(full string) string {
		own := ofPlan.FindStringSubmatch(full)[1]
		if word, ok := planWords[own]; ok {
			return word
		}
		return "Plan" + own
	})
	return huma.DefaultSchemaNamer(reflect.TypeFor[struct{}](), name)
}
