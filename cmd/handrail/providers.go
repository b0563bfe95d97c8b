package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"handrail/care/sso"
	"handrail/models"
	"handrail/signon/oidc"
)

// providerEntry is one sign-in of the file of --oidc-providers (docs/sign-in.md).
type providerEntry struct {
	ID               string      `json:"id"`
	Name             string      `json:"name"`
	Issuer           string      `json:"issuer"`
	ClientID         string      `json:"clientId"`
	ClientSecretFile string      `json:"clientSecretFile"` // beside the file of providers, or with a whole path; "": none
	Scopes           []string    `json:"scopes"`           // beside openid; none: profile and email
	TrustEmail       bool        `json:"trustEmail"`       // the hospital gives out the addresses itself
	SecondFactor     bool        `json:"secondFactor"`     // the hospital asks everybody for a second factor
	CreateAccounts   bool        `json:"createAccounts"`
	RoleClaim        string      `json:"roleClaim"`
	Roles            []roleEntry `json:"roles"`
}

type roleEntry struct {
	Value      string            `json:"value"`
	Role       models.Role       `json:"role"`
	Discipline models.Discipline `json:"discipline"`
}

var providerID = regexp.MustCompile(`^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$`)

const maxProviders = 20

// readProviders reads the file. What is wrong in it is told with the entry's place; no
// secret is.
func readProviders(path string, now models.Clock) ([]sso.Provider, error) {
	if path == "" {
		return nil, nil
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("the file of sign-ins can't be read: %w", err)
	}
	var file struct {
		Providers []providerEntry `json:"providers"`
	}
	in := json.NewDecoder(strings.NewReader(string(text)))
	in.DisallowUnknownFields()
	if err := in.Decode(&file); err != nil {
		return nil, fmt.Errorf("the file of sign-ins %s is not as docs/sign-in.md says: %w", path, err)
	}
	if len(file.Providers) > maxProviders {
		return nil, fmt.Errorf("the file of sign-ins %s has more than %d", path, maxProviders)
	}
	var out []sso.Provider
	for i, e := range file.Providers {
		p, err := e.provider(filepath.Dir(path), now)
		if err == nil && slices.ContainsFunc(out, func(o sso.Provider) bool { return o.ID == e.ID || o.Client.Issuer() == e.Issuer }) {
			err = errors.New("id and issuer are each of one entry")
		}
		if err != nil {
			return nil, fmt.Errorf("the file of sign-ins %s, entry %d: %w", path, i+1, err)
		}
		out = append(out, p)
	}
	return out, nil
}

func (e providerEntry) provider(dir string, now models.Clock) (sso.Provider, error) {
	switch {
	case !providerID.MatchString(e.ID):
		return sso.Provider{}, errors.New("id: small letters, digits and dashes, 40 at most")
	case e.Name == "" || len(e.Name) > 100:
		return sso.Provider{}, errors.New("name: as people know the hospital, 100 characters at most")
	case e.ClientID == "":
		return sso.Provider{}, errors.New("clientId is missing")
	case e.CreateAccounts && (e.RoleClaim == "" || len(e.Roles) == 0):
		return sso.Provider{}, errors.New("createAccounts needs roleClaim and roles: who gets an account has a role")
	}
	if err := checkIssuer(e.Issuer); err != nil {
		return sso.Provider{}, err
	}
	p := sso.Provider{ID: e.ID, Name: e.Name, Create: e.CreateAccounts}
	for i, r := range e.Roles {
		if r.Value == "" || !r.Role.Staff() || (r.Role == models.RoleClinician) != (r.Discipline != "") || r.Discipline != "" && !r.Discipline.Valid() {
			return p, fmt.Errorf("roles, entry %d: a value, and clinician with a discipline, coordinator or administrator", i+1)
		}
		p.Roles = append(p.Roles, sso.RoleOf{Value: r.Value, Role: r.Role, Discipline: r.Discipline})
	}
	secret, err := secretIn(dir, e.ClientSecretFile)
	if err != nil {
		return p, err
	}
	p.Client = oidc.New(oidc.Config{Issuer: e.Issuer, ClientID: e.ClientID, ClientSecret: secret, Scopes: e.Scopes, RoleClaim: e.RoleClaim, TrustEmail: e.TrustEmail, SecondFactor: e.SecondFactor, Now: now})
	return p, nil
}

// checkIssuer: https, but for a provider on this very machine.
func checkIssuer(issuer string) error {
	u, err := url.Parse(issuer)
	if err != nil || u.Host == "" || u.RawQuery != "" || u.Fragment != "" || u.User != nil {
		return errors.New("issuer: the https address of the sign-in, as its own discovery document has it")
	}
	if u.Scheme != "https" && (u.Scheme != "http" || !loopback(u.Hostname())) {
		return errors.New("issuer: https is needed")
	}
	return nil
}

func secretIn(dir, name string) (string, error) {
	if name == "" {
		return "", nil
	}
	if !filepath.IsAbs(name) {
		name = filepath.Join(dir, name)
	}
	text, err := os.ReadFile(name)
	if err != nil {
		return "", errors.New("clientSecretFile can't be read")
	}
	secret := strings.TrimSpace(string(text))
	if secret == "" {
		return "", errors.New("clientSecretFile is empty")
	}
	return secret, nil
}
