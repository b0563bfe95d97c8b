// Package firebase makes clients of parts of Firebase's SDK without its App. The App knows
// all parts, and with it a program links Firestore, Cloud Storage and the protocol of Envoy:
// 14 MiB and a sixth of its start, for two parts that speak HTTP.
package firebase

import (
	"context"
	"fmt"
	"reflect"

	"google.golang.org/api/option"
)

// version is what the SDK's App would tell Google of itself.
const version = "4.19.0"

// Client calls NewClient of a part, such as messaging.NewClient, as the App would. The type of
// its configuration can't be named outside of the SDK, so its fields are set by their names.
func Client[C, T any](ctx context.Context, newClient func(context.Context, *C) (*T, error), projectID string, opts ...option.ClientOption) (*T, error) {
	config := new(C)
	for name, value := range map[string]any{"ProjectID": projectID, "Version": version, "Opts": opts} {
		f := reflect.ValueOf(config).Elem().FieldByName(name)
		if v := reflect.ValueOf(value); !f.IsValid() || f.Type() != v.Type() {
			return nil, fmt.Errorf("the Firebase SDK has no %s as we know it in %T", name, config)
		} else {
			f.Set(v)
		}
	}
	// A part that signs asks the machine's metadata for an account otherwise.
	if f := reflect.ValueOf(config).Elem().FieldByName("ServiceAccountID"); f.IsValid() {
		f.SetString("none@" + projectID)
	}
	return newClient(ctx, config)
}
