// Package notifytest has strict stand-ins for the providers that package notify
// hands messages to: an FCM v1 endpoint, a push service that decrypts what it gets,
// and a mail server. They check every request against the published shape and can
// answer each error. Tests and cmd/handrail-bench use them.
package notifytest
