package models

import "testing"

func TestWhichEndsWipeADevice(t *testing.T) {
	for why, want := range map[string]string{
		EndSignedOut: EndByOwner, EndByOwner: EndByOwner, EndReportedLost: EndReportedLost, EndGivenBack: EndGivenBack,
		EndSharedDevice: EndSharedDevice, EndErased: EndErased, "erased": EndErased,
		EndReused: "", EndSuspended: "", "enrolled-again": "", "": "", "anything else": "",
	} {
		word, wipes := WipesDevice(why)
		if wipes != (want != "") || wipes && word != want {
			t.Errorf("%q: %q, %v", why, word, wipes)
		}
	}
}
