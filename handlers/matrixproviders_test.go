package handlers_test

import (
	"strings"

	"handrail/care"

	"handrail/models"
)

// providerVisits are the knocks at the sign-ins elsewhere. The clinic of the matrix
// takes none of a hospital.
func (c *clinic) providerVisits(device models.Device) map[string]visit {
	path := map[string]string{"providerId": "none", "accountId": c.newcomer.AccountID, "tieId": strings.Repeat("a", 64)}
	apps := map[string]string{"appId": care.NewID(), "questionId": care.NewID(), "grantId": strings.Repeat("a", 64)}
	form := map[string]string{"Content-Type": "application/x-www-form-urlencoded"}
	return map[string]visit{
		"listProviders": {}, "listMyProviders": {}, "finishProviderSignIn": {},
		"beginProviderSignIn": {path: path, body: map[string]any{"device": device}}, "linkProvider": {path: path}, "proveByProvider": {path: path},
		"returnFromProvider": {path: path}, "endByProvider": {path: path, header: form},
		"listAccountProviders": {path: path}, "expectByProvider": {path: path, body: map[string]any{"email": "a@example.org"}},
		"untieProvider": {path: path}, "untieMyProvider": {path: path},
		"signInByFirebase": {body: map[string]any{"idToken": "none", "device": device}}, "linkFirebase": {body: map[string]any{"idToken": "none"}},
		"expectByFirebase": {path: path, body: map[string]any{"email": "a@example.org"}},
		"registerApp":      {body: map[string]any{"id": care.NewID(), "name": "Diary", "redirectUris": []string{"https://diary.example/cb"}}},
		"listApps":         {}, "removeApp": {path: apps}, "launchApp": {path: apps}, "readAppQuestion": {path: apps}, "answerApp": {path: apps, body: map[string]any{"scopes": []string{}}},
		"listMyApps": {}, "takeBackApp": {path: apps}, "authorizeApp": {}, "authorizeAppByForm": {header: form}, "tradeForToken": {header: form}, "introspectToken": {header: form},
		"revokeToken": {header: form}, "readAppKeys": {}, "readSmartConfiguration": {}, "readAppIssuer": {},
		"agreeToFirebase": {body: map[string]any{"agreement": "BAA 2026-01", "senderName": "Your code"}}, "readFirebaseAgreement": {},
	}
}
