package main

import (
	"context"
	"log/slog"
	"net"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"time"

	"handrail/care"
	"handrail/care/sso"
	"handrail/handlers/demo"
	"handrail/icalendar"
	"handrail/models"
	"handrail/signon/firebase"
	"handrail/web"
)

// settings are what a site decides, read and checked.
type settings struct {
	unsignedTexts bool          // a demo shows texts of safety that nobody has signed, and says so
	demo          []demo.MadeUp // of a demo; nil: this is none
	listen        string
	port          int
	adminListen   string
	baseURL       string
	storage       storage
	site          models.Site
	logLevel      slog.Level
	origins       []string
	proxies       []netip.Prefix
	countryHeader string
	bodyLimit     int
	channels      channels
	video         videoSettings
	now           models.Clock  // set by call.settings
	ahead         time.Duration // what it is ahead of the machine's
	pages         string        // a file of what web.FilesAhead serves then; "" to make it

	busyCalendars string
	medicineRules string
	oidcFile      string
	firebase      string // project of Firebase sign-in
	emulator      string // of Firebase Auth, on this machine

	factorFrom string // YYYY-MM-DD in the site's zone; "": never

	tokenMinutes, patientDays, staffHours, enrolmentHours int
}

// setting is one line of the table that everything about settings comes from:
// flags, variables, checks, the README. A library for flags and variables (ff,
// kong) would save ten lines here, and has neither the table, nor the refusal of
// unknown variables, nor the suggestions.
type setting struct {
	name    string // of the flag; the variable follows from it
	def     string
	meaning string
	set     func(*settings, string) error // checks and keeps a value
	secret  bool                          // never shown, also not in a refusal
}

const prefix = "HANDRAIL_"

// variable is the name in the environment: "mongodb-uri" is HANDRAIL_MONGODB_URI.
func (s setting) variable() string {
	return prefix + strings.ToUpper(strings.ReplaceAll(s.name, "-", "_"))
}

var table = []setting{
	{name: "listen", def: "127.0.0.1", meaning: "IP address to serve on; `0.0.0.0` for all of IPv4.",
		set: func(s *settings, v string) error { return address(&s.listen, v) }},
	{name: "port", def: "8080", meaning: "TCP port to serve on; `0` takes a free one.",
		set: func(s *settings, v string) error { return number(&s.port, v, 0, 65535) }},
	{name: "admin-listen", def: "127.0.0.1:9090", meaning: "IP address and port for `/metrics`, `/livez` and `/readyz`, for the operator only; `off` for none.",
		set: func(s *settings, v string) error { return adminAddress(&s.adminListen, v) }},
	{name: "base-url", def: "", meaning: "The address that people use, `https://` and a host. With `https` browsers are told to use nothing else. Empty: `http://`, listen and port.",
		set: func(s *settings, v string) error { return webAddress(&s.baseURL, v) }},
	{name: "data", def: "data", meaning: "Folder of the embedded store, the crisis plans kept ready on this machine, and the key file.",
		set: func(s *settings, v string) error { return text(&s.storage.dir, v, 1, 4096) }},
	{name: "key-file", def: "", meaning: "The key-encryption key. Empty: `kek.json` in the data folder. Back it up apart from the store: without it nothing can be read.",
		set: func(s *settings, v string) error { return text(&s.storage.keyFile, v, 0, 4096) }},
	{name: "ends-file", def: "", meaning: "Journal of what people ended on purpose (sessions, consents, accounts, ways in, apps, erasures), which `restore` reads. Empty: `ends.log` in the data folder. Best on another disk than the store.",
		set: func(s *settings, v string) error { return text(&s.storage.endsFile, v, 0, 4096) }},
	{name: "store", def: "sqlite", meaning: "`sqlite` (built in) or `mongodb` (a replica set).",
		set: func(s *settings, v string) error { return oneOf(&s.storage.engine, v, "sqlite", "mongodb") }},
	{name: "mongodb-uri", def: "", secret: true, meaning: "Connection string, for the store `mongodb`. It may hold a password: set the variable rather than the flag.",
		set: func(s *settings, v string) error { return mongoAddress(&s.storage.mongoURI, v) }},
	{name: "mongodb-database", def: "handrail", meaning: "Name of the database, for the store `mongodb`.",
		set: func(s *settings, v string) error { return databaseName(&s.storage.mongoDB, v) }},
	{name: "site-name", def: "Handrail", meaning: "Name of the clinic, as people see it.",
		set: func(s *settings, v string) error { return text(&s.site.Name, v, 1, 100) }},
	{name: "country", def: "US", meaning: "Two letters (ISO 3166-1): whose emergency numbers are shown when a person's own country is not known.",
		set: func(s *settings, v string) error { return country(&s.site.Country, v) }},
	{name: "jurisdiction", def: "", meaning: "Place whose rules for minors hold, as in `models/data/minor-rules.json`: `US-CA`. Ask your counsel first: nobody has checked a rule that is marked K; it holds when two administrators have signed it. Empty: parents of minors see nothing.",
		set: func(s *settings, v string) error { return jurisdiction(&s.site.Jurisdiction, v) }},
	{name: "zone", def: "UTC", meaning: "Time zone of the clinic, for example `America/New_York`.",
		set: func(s *settings, v string) error { return zone(&s.site.Zone, v) }},
	{name: "language", def: "en", meaning: "Language of new accounts (BCP 47).",
		set: func(s *settings, v string) error { return language(&s.site.Language, v) }},
	{name: "library-url", def: "", meaning: "`https` address of a library that answers Infobutton (HL7, URL-based), such as `https://connect.medlineplus.gov/application`: pages to read then link to it, with the page's codes and nobody's name. Empty: none.",
		set: func(s *settings, v string) error { return libraryAddress(&s.site.Library, v) }},
	{name: "monitoring-hours", def: "", meaning: "When somebody reads what patients send, in the clinic's own words: `Monday to Friday, 9 to 5`. Shown to patients. Empty: nobody reads at a fixed time.",
		set: func(s *settings, v string) error { return text(&s.site.Monitoring.Hours, v, 0, 200) }},
	{name: "monitoring-who", def: "", meaning: "Who reads it: `a nurse of your team`.",
		set: func(s *settings, v string) error { return text(&s.site.Monitoring.Who, v, 0, 100) }},
	{name: "monitoring-reviewed-on", def: "", meaning: "Day on which the clinic last checked that this is true, YYYY-MM-DD. Needed with the hours.",
		set: func(s *settings, v string) error { return day(&s.site.Monitoring.ReviewedOn, v) }},
	{name: "cors-origins", def: "", meaning: "Other origins whose pages may call the API, with commas between them. Empty: none.",
		set: func(s *settings, v string) error { return origins(&s.origins, v) }},
	{name: "trusted-proxies", def: "", meaning: "IP addresses or networks whose `X-Forwarded-For` is believed, with commas between them. Empty: none.",
		set: func(s *settings, v string) error { return networks(&s.proxies, v) }},
	{name: "country-header", def: "", meaning: "Header in which a trusted proxy says the country of who asks, such as `CF-IPCountry`. People see it at their sessions. Empty: they see a shortened network address.",
		set: func(s *settings, v string) error {
			if v == "" {
				return nil
			}
			return pattern(&s.countryHeader, v, headerName, "the name of a header is needed, such as CF-IPCountry")
		}},
	{name: "body-limit", def: "1048576", meaning: "Largest request, in bytes.",
		set: func(s *settings, v string) error { return number(&s.bodyLimit, v, 16<<10, 16<<20) }},
	{name: "access-token-minutes", def: "10", meaning: "How long an access token opens the API, 1 to 10.",
		set: func(s *settings, v string) error { return number(&s.tokenMinutes, v, 1, 10) }},
	{name: "patient-session-days", def: "180", meaning: "How long a patient or supporter stays signed in on a device without using it.",
		set: func(s *settings, v string) error { return number(&s.patientDays, v, 1, 400) }},
	{name: "staff-session-hours", def: "12", meaning: "The same for people who work for the clinic.",
		set: func(s *settings, v string) error { return number(&s.staffHours, v, 1, 24*31) }},
	{name: "staff-lock-minutes", def: "10", meaning: "After how many minutes in which nobody touched it the page of people who work for the clinic locks, where they have a passkey, an app with codes, a PIN or a hospital's sign-in that opens it. `0`: only where they choose it.",
		set: func(s *settings, v string) error { return number(&s.site.StaffLockMinutes, v, 0, 120) }},
	{name: "enrolment-hours", def: "72", meaning: "How long an enrolment code can be redeemed.",
		set: func(s *settings, v string) error { return number(&s.enrolmentHours, v, 1, 24*31) }},
	{name: "second-factor-from", def: "", meaning: "Day from which on staff need a passkey or an app with codes to sign in, YYYY-MM-DD in the clinic's zone. They are told before. Empty: never.",
		set: func(s *settings, v string) error { return day(&s.factorFrom, v) }},
	{name: "oidc-providers", def: "", meaning: "File (JSON) with the sign-ins of hospitals that people who work here can use, see docs/sign-in.md. Empty: none.",
		set: func(s *settings, v string) error { return text(&s.oidcFile, v, 0, 4096) }},
	{name: "firebase-project", def: "", meaning: "Firebase project by which patients and supporters can sign in (docs/sign-in.md). It stays off until an administrator has recorded the clinic's agreement with the provider. Empty: none.",
		set: func(s *settings, v string) error {
			return pattern(&s.firebase, v, projectName, "the id of a Firebase project is needed")
		}},
	{name: "firebase-emulator", def: "", meaning: "Address of the Firebase Auth emulator on this machine, for tests: no signature is checked. Refused unless the program listens on this machine alone, and beside anything that reaches people.",
		set: func(s *settings, v string) error { return text(&s.emulator, v, 0, 100) }},
	{name: "fcm-project", def: "", meaning: "Firebase project that sends pushes to phones. Empty: phones get none, and ring by themselves.",
		set: func(s *settings, v string) error {
			return pattern(&s.channels.fcm.ProjectID, v, projectName, "the id of a Firebase project is needed")
		}},
	{name: "fcm-credentials", def: "", meaning: "File with the key of the Firebase project's service account. Nobody else should be able to read it.",
		set: func(s *settings, v string) error { return text(&s.channels.fcm.CredentialsFile, v, 0, 4096) }},
	{name: "smtp-host", def: "", meaning: "Mail server. It must speak TLS. Empty: no e-mail is sent.",
		set: func(s *settings, v string) error { return mailHost(&s.channels.mail.Host, v) }},
	{name: "smtp-port", def: "587", meaning: "Its port: `587` (STARTTLS) or `465` (TLS from the start).",
		set: func(s *settings, v string) error { return number(&s.channels.mail.Port, v, 1, 65535) }},
	{name: "smtp-user", def: "", meaning: "Who signs in at the mail server. Empty: nobody.",
		set: func(s *settings, v string) error { return text(&s.channels.mail.User, v, 0, 320) }},
	{name: "smtp-password", def: "", secret: true, meaning: "The password for it: set the variable rather than the flag.",
		set: func(s *settings, v string) error { return text(&s.channels.mail.Password, v, 0, 1024) }},
	{name: "smtp-from", def: "", meaning: "Sender of the mails: `no-reply@example.org`. The name of a programme must not be in it.",
		set: func(s *settings, v string) error { return mailAddress(&s.channels.mail.From, v) }},
	{name: "smtp-bounces", def: "", meaning: "Address to which mails that can't be delivered come back, such as `bounces@example.org`, 21 letters at most before the `@`. Your mail host must take `bounces+…@` too and give it to `handrail bounce` (docs/notifications.md). Empty: what comes back later is read by nothing.",
		set: func(s *settings, v string) error { return bounceAddress(&s.channels.mail.Bounces, v) }},
	{name: "smtp-bounce-secret", def: "", secret: true, meaning: "Secret of 24 bytes at least that signs what your mail host hands on: set the variable, here and there.",
		set: func(s *settings, v string) error { return longSecret(&s.channels.bounceSecret, v) }},
	{name: "sms-url", def: "", meaning: "`https` address of the gateway that sends SMS (a signed webhook). Empty: no SMS is sent.",
		set: func(s *settings, v string) error { return gatewayAddress(&s.channels.sms.URL, v) }},
	{name: "sms-secret", def: "", secret: true, meaning: "Secret of 24 bytes at least that signs what goes to and comes from the gateway: set the variable.",
		set: func(s *settings, v string) error { return longSecret(&s.channels.sms.Secret, v) }},
	{name: "webpush-subject", def: "", meaning: "Whom a push service writes to when something is wrong: `mailto:` or `https://`, with a host that can be reached from outside (Apple refuses others). Empty: the base URL.",
		set: func(s *settings, v string) error { return pushSubject(&s.channels.subject, v) }},
	{name: "reminders-per-day", def: "8", meaning: "Most prompts that one person gets on one day, over all sources.",
		set: func(s *settings, v string) error { return number(&s.channels.perDay, v, 1, 50) }},
	{name: "video", def: "on", meaning: "Video visits, `on` or `off`. Of several instances one has them; see docs/network.md.",
		set: func(s *settings, v string) error { return onOff(&s.video.off, v) }},
	{name: "video-listen", def: "", meaning: "IP address for media and TURN. Empty: that of `--listen`.",
		set: func(s *settings, v string) error {
			return optional(v, func() error { return address(&s.video.listen, v) })
		}},
	{name: "video-port", def: "7882", meaning: "Port for all media, UDP and TCP; `0` takes free ones.",
		set: func(s *settings, v string) error { return number(&s.video.port, v, 0, 65535) }},
	{name: "video-public-ips", def: "", meaning: "The addresses by which people reach the media port, with commas between them. Needed behind NAT and in a container.",
		set: func(s *settings, v string) error { return addressList(&s.video.publicIPs, v) }},
	{name: "turn-port", def: "3478", meaning: "Port of the TURN server inside, UDP and TCP; `0` takes a free one; `off` for none.",
		set: func(s *settings, v string) error { return portOrOff(&s.video.turnPort, v) }},
	{name: "turn-tls-port", def: "5349", meaning: "Port of TURN over TLS. Used with a certificate only.",
		set: func(s *settings, v string) error { return number(&s.video.turnTLSPort, v, 0, 65535) }},
	{name: "turn-host", def: "", meaning: "Name by which people reach TURN. Empty: the host of `--base-url`, or the address.",
		set: func(s *settings, v string) error { return text(&s.video.turnHost, v, 0, 253) }},
	{name: "turn-cert-file", def: "", meaning: "Certificate (PEM, with its chain) of TURN over TLS, for `--turn-host`. Read at the start.",
		set: func(s *settings, v string) error { return text(&s.video.turnCert, v, 0, 4096) }},
	{name: "turn-key-file", def: "", meaning: "Its private key (PEM).",
		set: func(s *settings, v string) error { return text(&s.video.turnKey, v, 0, 4096) }},
	{name: "turn-servers", def: "", meaning: "Other TURN servers, such as `turn:turn.example.org:3478`, with commas between them (coturn with `use-auth-secret`).",
		set: func(s *settings, v string) error { return turnServers(&s.video.turnServers, v) }},
	{name: "turn-secret", def: "", secret: true, meaning: "The secret shared with other TURN servers, 32 characters or more: set the variable rather than the flag. Empty: one is made and kept.",
		set: func(s *settings, v string) error {
			return optional(v, func() error { return text(&s.video.turnSecret, v, 32, 256) })
		}},
	{name: "busy-calendars", def: "https", meaning: "Clinicians' calendars elsewhere, whose busy times can't be booked: read over `https` only, over `http` too, or `off`. Private addresses are never connected to.",
		set: func(s *settings, v string) error { return oneOf(&s.busyCalendars, v, "https", "http", "off") }},
	{name: "medicine-rules", def: "", meaning: "File (JSON) with newer rules of medicines than those that ship (docs/medicines.md). One that can't be trusted checks nothing, and says so. Empty: those that ship.",
		set: func(s *settings, v string) error { return text(&s.medicineRules, v, 0, 4096) }},
	{name: "log-level", def: "info", meaning: "`debug`, `info`, `warn` or `error`. The log is JSON on standard error and holds no content.",
		set: func(s *settings, v string) error { return level(&s.logLevel, v) }},
}

// agree checks what must hold between settings.
func (s settings) agree() []string {
	var wrong []string
	if s.storage.engine == "mongodb" && s.storage.mongoURI == "" {
		wrong = append(wrong, "--store mongodb needs "+prefix+"MONGODB_URI as well")
	}
	if s.storage.engine != "mongodb" && s.storage.mongoURI != "" {
		wrong = append(wrong, prefix+"MONGODB_URI is set, but the store is sqlite; say --store mongodb, or take it away")
	}
	if s.countryHeader != "" && len(s.proxies) == 0 {
		wrong = append(wrong, "--country-header is believed of --trusted-proxies alone, and there are none")
	}
	if m := s.site.Monitoring; (m.Hours == "") != (m.ReviewedOn == "") {
		wrong = append(wrong, "--monitoring-hours and --monitoring-reviewed-on belong together: patients rely on them, so they carry a date")
	}
	if s.emulator != "" && (s.firebase == "" || s.reachesPeople()) {
		wrong = append(wrong, "--firebase-emulator is for tests: it needs --firebase-project, and listens on this machine alone, with no https base URL, proxy, FCM, mail, SMS, hospital's sign-in or MongoDB beside it")
	}
	return slices.Concat(wrong, s.channels.agree(), s.video.agree())
}

// reachesPeople tells whether anything is set that only a clinic with people in it needs.
func (s settings) reachesPeople() bool {
	at, err := url.Parse(s.address())
	return err != nil || at.Scheme == "https" || !loopback(at.Hostname()) || !loopback(s.listen) || len(s.proxies) > 0 || s.storage.engine != "sqlite" ||
		s.channels.fcm.ProjectID != "" || s.channels.mail.Host != "" || s.channels.sms.URL != "" || s.oidcFile != ""
}

// loopback tells whether a host is this very machine.
func loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// care is what the use cases need of the settings.
func (s settings) care() care.Config {
	c := care.Config{Site: s.site, Now: s.now, AccessTokenMinutes: s.tokenMinutes,
		PatientSessionDays: s.patientDays, StaffSessionHours: s.staffHours, EnrolmentHours: s.enrolmentHours,
		BaseURL: s.address(), SecondFactorFrom: s.secondFactorFrom(), UnsignedTexts: s.unsignedTexts, Words: web.SignedWords, MedicineRules: s.medicineRules}
	if s.busyCalendars != "off" {
		c.Busy = &icalendar.Source{Fetcher: icalendar.Fetcher{HTTP: s.busyCalendars == "http"}}
	}
	return c
}

// secondFactorFrom is the first moment of the day, in the clinic's zone.
func (s settings) secondFactorFrom() time.Time {
	zone, err := time.LoadLocation(s.site.Zone)
	if s.factorFrom == "" || err != nil { // both are checked where they are read
		return time.Time{}
	}
	day, _ := time.ParseInLocation(time.DateOnly, s.factorFrom, zone)
	return day
}

// sso are the sign-ins elsewhere that the site takes, for who serves people. An error
// is a sentence for the operator.
func (s settings) sso(ctx context.Context) (sso.Config, error) {
	providers, err := readProviders(s.oidcFile, s.now)
	c := sso.Config{Providers: providers}
	if err != nil || s.firebase == "" {
		return c, err
	}
	v, err := firebase.New(ctx, s.firebase, s.emulator)
	c.Firebase = &sso.Firebase{Project: s.firebase, Verifier: v}
	return c, err
}

// address is the base URL: the one that is set, or where the program listens.
func (s settings) address() string {
	if s.baseURL != "" {
		return s.baseURL
	}
	return "http://" + hostPort(s.listen, s.port)
}

// secure tells whether people come by TLS.
func (s settings) secure() bool { return strings.HasPrefix(s.address(), "https://") }
