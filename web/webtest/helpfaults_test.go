package webtest

import (
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"slices"
	"strings"
	"testing"
)

// fault is one thing that help may meet: something of the browser that throws, hangs
// or lies (script, run before anything of the page), or an answer of the network.
type fault struct {
	name   string
	script string // in the page
	path   string // what the network answers wrongly; ends in "/" for all below it
	answer func(w http.ResponseWriter, r *http.Request)
}

// browserFaults are what a browser can do. $ makes a property of an object something
// else, whatever it was.
func browserFaults() []fault {
	const set = `const $ = (o, name, value) => Object.defineProperty(o, name, { configurable: true, ...value });
	const gone = { value: undefined, writable: true }, throws = { get() { throw new Error('fault') } };
	const bad = { value: function () { throw new Error('fault') }, writable: true }, never = { value: () => new Promise(() => {}), writable: true };
	const no = { value: () => Promise.reject(new Error('fault')), writable: true }; const is = (value) => ({ get: () => value });`
	var out []fault
	add := func(name, script string) {
		out = append(out, fault{name: name, script: "(() => {" + set + "try {" + script + "} catch {} })();"})
	}
	add("no Intl", "$(globalThis, 'Intl', gone)")
	for _, kind := range []string{"DateTimeFormat", "NumberFormat", "DisplayNames", "Collator", "Locale", "PluralRules", "RelativeTimeFormat", "Segmenter", "ListFormat"} {
		add(kind+" throws", "$(Intl, '"+kind+"', bad)")
		add(kind+" lies", "$(Intl, '"+kind+"', { value: function () { return {} }, writable: true })")
	}
	add("supportedValuesOf throws", "$(Intl, 'supportedValuesOf', bad)")
	for _, zone := range []string{"Etc/Unknown", "+05:30", "Mars/Base", "", "undefined"} {
		add("zone "+zone, "const real = Intl.DateTimeFormat.prototype.resolvedOptions; $(Intl.DateTimeFormat.prototype, 'resolvedOptions', { value() { return { ...real.call(this), timeZone: '"+zone+"' } }, writable: true })")
	}
	for _, said := range []string{`'C'`, `'en-US@posix'`, `'en_US'`, `'en_US.UTF-8'`, `''`, `undefined`, `null`, `['en']`, `{}`, `7`} {
		add("language "+said, "$(Navigator.prototype, 'language', is("+said+")); $(Navigator.prototype, 'languages', is(["+said+"]))")
		add("languages "+said, "$(Navigator.prototype, 'languages', is("+said+"))")
	}
	add("language throws", "$(Navigator.prototype, 'language', throws); $(Navigator.prototype, 'languages', throws)")
	add("no indexedDB", "$(globalThis, 'indexedDB', gone)")
	add("indexedDB throws", "$(globalThis, 'indexedDB', throws)")
	add("open throws", "$(IDBFactory.prototype, 'open', bad)")
	add("open hangs", "$(IDBFactory.prototype, 'open', { value: () => ({}) })")
	add("open fails", "$(IDBFactory.prototype, 'open', { value: () => { const r = { error: new DOMException('x', 'UnknownError') }; setTimeout(() => r.onerror?.({ target: r })); return r } })")
	add("transaction throws", "$(IDBDatabase.prototype, 'transaction', bad)")
	add("transaction hangs", "$(IDBDatabase.prototype, 'transaction', { value: () => ({ objectStore: () => ({ get: () => ({}), put: () => ({}), delete: () => ({}), getAll: () => ({}), getAllKeys: () => ({}) }) }) })")
	add("get lies", "$(IDBRequest.prototype, 'result', { get() { return this instanceof IDBOpenDBRequest ? real.call(this) : 'garbage' } }); var real = Object.getOwnPropertyDescriptor(IDBRequest.prototype, 'result')?.get")
	add("get throws", "$(IDBObjectStore.prototype, 'get', bad)")
	add("the phone is full", "$(IDBObjectStore.prototype, 'put', { value() { throw new DOMException('full', 'QuotaExceededError') } })")
	add("fetch throws", "$(globalThis, 'fetch', bad)")
	add("fetch fails", "$(globalThis, 'fetch', no)")
	add("fetch hangs", "$(globalThis, 'fetch', never)")
	add("fetch lies", "$(globalThis, 'fetch', { value: async () => new Response('[1,{\"a\":null}]', { headers: { 'Content-Type': 'application/json' } }) })")
	add("no AbortSignal.timeout", "$(AbortSignal, 'timeout', gone)")
	add("no crypto", "$(globalThis, 'crypto', gone)")
	add("crypto throws", "$(Crypto.prototype, 'getRandomValues', bad); $(SubtleCrypto.prototype, 'verify', bad); $(SubtleCrypto.prototype, 'importKey', bad)")
	add("crypto hangs", "$(SubtleCrypto.prototype, 'verify', never); $(SubtleCrypto.prototype, 'importKey', never)")
	add("Date.now throws", "$(Date, 'now', bad)")
	add("Date.now is NaN", "$(Date, 'now', { value: () => NaN })")
	add("1970", "$(Date, 'now', { value: () => 0 })")
	add("no ISO dates", "$(Date.prototype, 'toISOString', bad)")
	add("serviceWorker throws", "$(Navigator.prototype, 'serviceWorker', throws)")
	add("no serviceWorker", "$(Navigator.prototype, 'serviceWorker', is(undefined))")
	add("register throws", "$(ServiceWorkerContainer.prototype, 'register', bad)")
	add("register fails", "$(ServiceWorkerContainer.prototype, 'register', no)")
	add("register hangs", "$(ServiceWorkerContainer.prototype, 'register', never)")
	add("caches throws", "$(globalThis, 'caches', throws)")
	add("matchMedia throws", "$(globalThis, 'matchMedia', bad)")
	add("BroadcastChannel throws", "$(globalThis, 'BroadcastChannel', bad)")
	add("no BroadcastChannel", "$(globalThis, 'BroadcastChannel', gone)")
	add("postMessage throws", "$(BroadcastChannel.prototype, 'postMessage', bad)")
	add("no locks", "$(Navigator.prototype, 'locks', is(undefined))")
	add("locks throws", "$(LockManager.prototype, 'request', bad)")
	add("locks hangs", "$(LockManager.prototype, 'request', never)")
	add("localStorage throws", "$(globalThis, 'localStorage', throws); $(globalThis, 'sessionStorage', throws)")
	add("Notification throws", "$(globalThis, 'Notification', throws); $(globalThis, 'PushManager', throws)")
	add("scrollTo throws", "$(globalThis, 'scrollTo', bad)")
	add("focus throws", "$(HTMLElement.prototype, 'focus', bad)")
	add("replaceState throws", "$(History.prototype, 'replaceState', bad)")
	add("onLine throws", "$(Navigator.prototype, 'onLine', throws)")
	add("visibilityState throws", "$(Document.prototype, 'visibilityState', throws)")
	add("timers throw", "$(globalThis, 'setTimeout', bad); $(globalThis, 'setInterval', bad)")
	add("timers never ring", "$(globalThis, 'setTimeout', { value: () => 1 }); $(globalThis, 'setInterval', { value: () => 1 })")
	add("createElement throws", "$(Document.prototype, 'createElement', bad)")
	add("createElementNS throws", "$(Document.prototype, 'createElementNS', bad)")
	add("JSON.parse throws", "$(JSON, 'parse', bad)")
	add("an old browser", "for (const [o, n] of [[Array.prototype, 'toSorted'], [Object, 'hasOwn'], [Array.prototype, 'at'], [String.prototype, 'replaceAll'], [globalThis, 'structuredClone'], [Element.prototype, 'replaceChildren']]) $(o, n, gone)")
	add("another script's error", "addEventListener('DOMContentLoaded', () => { throw new Error('fault') }); Promise.reject(new Error('fault'))")
	add("another script's patches", "$(Array.prototype, 'extra', { value: 1, enumerable: true }); $(Object.prototype, 'extra', { value: 1, enumerable: true, writable: true })")
	return out
}

// answers are what a network can give in the place of a file.
func answers() map[string]func(w http.ResponseWriter, r *http.Request) {
	return map[string]func(w http.ResponseWriter, r *http.Request){
		"fails": func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "fault", http.StatusInternalServerError) },
		"hangs": func(_ http.ResponseWriter, r *http.Request) {
			_, _ = io.Copy(io.Discard, r.Body) // a connection that ends is only seen after its body
			<-r.Context().Done()
		},
		"breaks": func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) },
		"lies": func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", typeOf(r.URL.Path))
			fmt.Fprint(w, "<html>Sign in to the network")
		},
		"is empty": func(w http.ResponseWriter, r *http.Request) { w.Header().Set("Content-Type", typeOf(r.URL.Path)) },
		"throws": func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", typeOf(r.URL.Path))
			fmt.Fprint(w, map[bool]string{true: "throw new Error('fault')", false: "[null, 7]"}[strings.HasSuffix(r.URL.Path, ".js")])
		},
	}
}

func typeOf(path string) string {
	switch {
	case strings.HasSuffix(path, ".js"):
		return "text/javascript"
	case strings.HasSuffix(path, ".css"):
		return "text/css"
	}
	return "application/json"
}

// networkFaults are each file of the page but the page itself, and the API, answered
// in each wrong way.
func networkFaults(t *testing.T) []fault {
	var out []fault
	paths := []string{"/v1/", "/sw.js"}
	worker, err := fs.ReadFile(pages(), "sw.js")
	if err != nil {
		t.Fatal(err)
	}
	var kept []string
	_, list, _ := strings.Cut(string(worker), "const files = ")
	list, _, _ = strings.Cut(list, ";\n")
	if err := json.Unmarshal([]byte(list), &kept); err != nil || len(kept) < 10 {
		t.Fatalf("%q, %v", kept, err)
	}
	paths = append(paths, slices.DeleteFunc(kept, func(path string) bool { return path == "/" })...)
	for _, path := range paths {
		for name, answer := range answers() {
			out = append(out, fault{name: path + " " + name, path: path, answer: answer})
		}
	}
	return out
}
