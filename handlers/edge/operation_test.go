package edge

import (
	"net/http"
	"reflect"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/danielgtaylor/huma/v2"
)

// asked counts how often an operation was made ready and looked at.
type asked struct {
	registrar
	types_, registered atomic.Int64
}

func (a *asked) types() (input, output reflect.Type) {
	a.types_.Add(1)
	return a.registrar.types()
}

func (a *asked) register(e *Edge, api huma.API, op huma.Operation) {
	a.registered.Add(1)
	a.registrar.register(e, api, op)
}

// What Huma makes of an operation is made at its first request, once, and by no start and
// no document; requests that come together find it whole.
func TestAnOperationIsMadeReadyAtItsFirstRequest(t *testing.T) {
	w := newWorld(t)
	all := map[string]*asked{}
	for _, o := range w.operations {
		a := &asked{registrar: o.by}
		o.by, all[o.op.OperationID] = a, a
	}
	for id, a := range all {
		if a.types_.Load()+a.registered.Load() > 0 {
			t.Errorf("a start looks at %s", id)
		}
	}
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			if res := w.call(t, "POST", "/v1/notes", `{"text":""}`); res.StatusCode != http.StatusUnprocessableEntity {
				t.Errorf("a text that is too short: %d", res.StatusCode)
			}
		})
	}
	group.Wait()
	before := len(w.Document().Paths)
	ready := 0
	for _, a := range all {
		switch a.registered.Load() {
		case 1: // for the document alone
		case 2:
			ready++
		default:
			t.Errorf("made ready %d times", a.registered.Load())
		}
	}
	if ready != 1 || before == 0 || len(w.Document().Paths) != before {
		t.Errorf("%d operations are ready after requests of one; %d paths", ready, before)
	}
}
