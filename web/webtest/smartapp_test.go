package webtest

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"

	"handrail/cmd/handrail-test/npm"
)

// fhirclient is SMART's own client for apps: what it asks is what apps ask.
var fhirclient = npm.Pack{Name: "fhirclient", Version: "2.6.3", SHA512: "CirZixcwWelbkIXxpxlNQx5+ZdJirl6F1s4y4yvA1X7hHAkr9n99aVHaMi0wX+97nATjKQ65X6NB5as/wZoJzg=="}

// The pages of an app that others have written, as the documentation of fhirclient has
// them. iss comes with an EHR launch, and is named by the app for a standalone one.
const (
	appLaunches = `<!doctype html><title>Diary</title><h1>Launch</h1><script src="/fhir-client.js"></script><script>
FHIR.oauth2.authorize({ clientId: %q, scope: %q, redirectUri: '/back', iss: new URLSearchParams(location.search).get('iss') ?? %q, pkceMode: 'required' });
</script>`
	appReads = `<!doctype html><title>Diary</title><h1>Diary</h1><pre></pre><script src="/fhir-client.js"></script><script>
const say = (line) => document.querySelector('pre').append(line + '\n');
FHIR.oauth2.ready().then(async (client) => {
  window.client = client;
  say('patient ' + (await client.patient.read()).id);
  say('user ' + client.user.fhirUser);
  say('visits ' + (await client.request('Appointment?patient=Patient/' + client.patient.id)).resourceType);
  say('names ' + await client.request('Practitioner?_id=x').then(() => 'open', (e) => e.statusCode));
}).catch((e) => say('failed: ' + e.message));
</script>`
)

// openDiary serves the app on an address of its own. client is set when the clinic has
// registered it.
func openDiary(t *testing.T, scope string) (app *httptest.Server, client, fhir *atomic.Value) {
	t.Helper()
	script, err := fhirclient.File("package/build/fhir-client.js")
	if err != nil {
		missing(t, "fhirclient could not be had: "+err.Error())
	}
	client, fhir = &atomic.Value{}, &atomic.Value{}
	client.Store("")
	fhir.Store("")
	app = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		switch r.URL.Path {
		case "/launch":
			fmt.Fprintf(w, appLaunches, client.Load(), scope, fhir.Load())
		case "/back":
			fmt.Fprint(w, appReads)
		case "/fhir-client.js":
			w.Header().Set("Content-Type", "text/javascript")
			_, _ = w.Write(script)
		default:
			http.NotFound(w, r)
		}
	}))
	t.Cleanup(app.Close)
	return app, client, fhir
}

// TestAnAppOfOthersLaunches: an app written on npm fhirclient is launched on its own by
// somebody who has to sign in first, reads what was allowed and nothing else, goes on by
// its refresh token, and is started from here (EHR launch).
func TestAnAppOfOthersLaunches(t *testing.T) {
	t.Parallel()
	needAxe(t)
	app, client, fhir := openDiary(t, "launch/patient openid fhirUser offline_access patient/Patient.rs patient/Appointment.read patient/Practitioner.rs")
	c := openClinic(t, "--cors-origins", app.URL)
	fhir.Store(c.BaseURL + "/fhir/R4")
	maya, admin := c.person("patient", ""), c.person("administrator", "")
	office := newPhone(t, c.BaseURL, "en-US")
	office.signIn(admin.EnrolmentCode)
	office.load("#/office/apps")
	office.fill("Name of the app", "Diary")
	office.fill("Address to go back to", app.URL+"/back")
	office.fill("Address to start it at (if there is one)", app.URL+"/launch")
	office.tap("Register")
	office.see("Its client id:")
	client.Store(eval[string](office, "document.querySelector('.code').textContent"))

	p := newPhone(t, c.BaseURL, "en-US")
	p.base = app.URL
	p.load("launch")
	p.title("Welcome")
	p.tap("Code")
	p.fill("Your code", maya.EnrolmentCode)
	p.tap("Sign in")
	allow := func() {
		p.title("Diary wants to read")
		p.see("It can go on reading, until you stop it.")
		p.tap("When your visits are and with whom")
		p.tap("Your name, birthday and phone number")
		p.tap("Let it read these")
		p.title("Diary")
		p.see("names 403")
	}
	allow()
	said := eval[string](p, "document.querySelector('pre').textContent")
	if want := "patient " + maya.PatientID + "\nuser Patient/" + maya.PatientID + "\nvisits Bundle\nnames 403\n"; said != want {
		t.Errorf("the app read\n%s, want\n%s", said, want)
	}
	again := eval[string](p, "client.refresh().then((s) => client.patient.read()).then((r) => r.id)")
	if again != maya.PatientID {
		t.Errorf("after a refresh: %q", again)
	}

	p.base = c.BaseURL
	p.load("#/apps")
	p.title("Apps that read for me")
	p.see("Apps that you can start here")
	p.accessible("apps that can be started")
	p.tap("Stop it all: Diary")
	p.see("No app reads for you.")
	p.tap("Start Diary")
	allow()
	if said := eval[string](p, "document.querySelector('pre').textContent"); !strings.HasPrefix(said, "patient "+maya.PatientID+"\n") {
		t.Errorf("started from here: %s", said)
	}
}
