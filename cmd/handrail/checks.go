package main

import (
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/mail"
	"net/netip"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"handrail/models"
	mailer "handrail/notify/mail"
	"handrail/notify/webpush"
)

// Each check keeps a value in to, or says in a sentence what is needed.

func number(to *int, v string, min, max int) error {
	n, err := strconv.Atoi(v)
	if err != nil || n < min || n > max {
		return fmt.Errorf("a number from %d to %d is needed", min, max)
	}
	*to = n
	return nil
}

func text(to *string, v string, min, max int) error {
	if n := utf8.RuneCountInString(v); n < min || n > max || !utf8.ValidString(v) {
		return fmt.Errorf("a text of %d to %d characters is needed", min, max)
	}
	*to = v
	return nil
}

func oneOf(to *string, v string, choices ...string) error {
	if !slices.Contains(choices, v) {
		return fmt.Errorf("one of %s is needed", strings.Join(choices, ", "))
	}
	*to = v
	return nil
}

func address(to *string, v string) error {
	if _, err := netip.ParseAddr(v); err != nil {
		return errors.New("an IP address is needed, such as 127.0.0.1")
	}
	*to = v
	return nil
}

func adminAddress(to *string, v string) error {
	if v == "off" {
		*to = ""
		return nil
	}
	if _, err := netip.ParseAddrPort(v); err != nil {
		return errors.New("an IP address and a port are needed, such as 127.0.0.1:9090, or off")
	}
	*to = v
	return nil
}

// origin checks a scheme and a host with nothing after them.
func origin(v string) (string, error) {
	u, err := url.Parse(v)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" ||
		u.User != nil || u.Path != "" && u.Path != "/" || u.RawQuery != "" || u.Fragment != "" || strings.Contains(v, "*") {
		return "", errors.New("an address like https://care.example.org is needed, with nothing after the host")
	}
	return u.Scheme + "://" + u.Host, nil
}

func webAddress(to *string, v string) (err error) {
	if v == "" {
		*to = ""
		return nil
	}
	*to, err = origin(v)
	return err
}

// libraryAddress is an https address with nobody's password, to which parameters are added.
func libraryAddress(to *string, v string) error {
	u, err := url.Parse(v)
	if v != "" && (err != nil || u.Scheme != "https" || u.Hostname() == "" || u.User != nil || u.Fragment != "" || len(v) > 300) {
		return errors.New("an https address without a user and without # is needed")
	}
	*to = v
	return nil
}

func origins(to *[]string, v string) error {
	*to = nil
	for _, each := range listed(v) {
		o, err := origin(each)
		if err != nil {
			return err
		}
		*to = append(*to, o)
	}
	return nil
}

func networks(to *[]netip.Prefix, v string) error {
	*to = nil
	for _, each := range listed(v) {
		p, err := netip.ParsePrefix(each)
		if addr, addrErr := netip.ParseAddr(each); addrErr == nil {
			p, err = netip.PrefixFrom(addr, addr.BitLen()), nil
		}
		if err != nil {
			return errors.New("IP addresses or networks are needed, such as 10.0.0.0/8")
		}
		*to = append(*to, p.Masked())
	}
	return nil
}

// listed splits at commas; an empty text is an empty list.
func listed(v string) []string {
	return slices.DeleteFunc(strings.FieldsFunc(v, func(r rune) bool { return r == ',' || r == ' ' }),
		func(s string) bool { return s == "" })
}

func mongoAddress(to *string, v string) error {
	if v != "" && !strings.HasPrefix(v, "mongodb://") && !strings.HasPrefix(v, "mongodb+srv://") {
		return errors.New("a connection string is needed; it begins with mongodb:// or mongodb+srv://")
	}
	*to = v
	return nil
}

var databaseNames = regexp.MustCompile(`^[A-Za-z0-9_-]{1,63}$`)

func databaseName(to *string, v string) error {
	return pattern(to, v, databaseNames, "1 to 63 letters, digits, _ or - are needed")
}

var countries = regexp.MustCompile(`^[A-Z]{2}$`)

func country(to *string, v string) error {
	return pattern(to, v, countries, "two capital letters are needed, such as US")
}

var languages = regexp.MustCompile(`^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$`)

func language(to *string, v string) error {
	return pattern(to, v, languages, "a language tag is needed, such as en or pt-BR")
}

func pattern(to *string, v string, of *regexp.Regexp, needed string) error {
	if !of.MatchString(v) {
		return errors.New(needed)
	}
	*to = v
	return nil
}

func jurisdiction(to *string, v string) error {
	if _, ok := models.MinorRuleOf(v); !ok && v != "" {
		return errors.New("a place with rules for minors is needed, such as US-CA")
	}
	*to = v
	return nil
}

func zone(to *string, v string) error {
	if _, err := models.LoadZone(v); err != nil {
		return errors.New("the name of a time zone is needed, such as America/New_York")
	}
	*to = v
	return nil
}

func day(to *string, v string) error {
	if _, err := time.Parse(time.DateOnly, v); v != "" && err != nil {
		return errors.New("a day is needed, as YYYY-MM-DD")
	}
	*to = v
	return nil
}

func level(to *slog.Level, v string) error {
	if !slices.Contains([]string{"debug", "info", "warn", "error"}, v) {
		return errors.New("one of debug, info, warn, error is needed")
	}
	return to.UnmarshalText([]byte(v))
}

// projectName and hostName may be left out.
var (
	headerName  = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9-]{1,63}$`)
	projectName = regexp.MustCompile(`^([a-z][a-z0-9-]{4,28}[a-z0-9])?$`)
	hostName    = regexp.MustCompile(`^([A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?)?$`)
)

const mailHostNeeded = "the name of a mail server is needed"

// mailHost takes the name of a mail server, or nothing.
func mailHost(to *string, v string) error {
	if len(v) > 253 { // here and not in hostName, where a count makes a large program
		return errors.New(mailHostNeeded)
	}
	return pattern(to, v, hostName, mailHostNeeded)
}

func mailAddress(to *string, v string) error {
	if a, err := mail.ParseAddress(v); v != "" && (err != nil || a.Address != v || len(v) > 254) {
		return errors.New("an e-mail address is needed, without a name")
	}
	*to = v
	return nil
}

// bounceAddress leaves room for what names each mail.
func bounceAddress(to *string, v string) error {
	if v != "" {
		if err := mailer.CheckBounces(v); err != nil {
			return err
		}
	}
	*to = v
	return nil
}

// gatewayAddress takes https, and plain http at this machine for a gateway beside
// the program.
func gatewayAddress(to *string, v string) error {
	u, err := url.Parse(v)
	if v != "" && (err != nil || u.Host == "" || u.User != nil || u.Scheme != "https" && u.Hostname() != "127.0.0.1" && u.Hostname() != "localhost") {
		return errors.New("an https address is needed")
	}
	*to = v
	return nil
}

func longSecret(to *[]byte, v string) error {
	if v != "" && (len(v) < 24 || len(v) > 1024) {
		return errors.New("24 to 1024 bytes are needed")
	}
	*to = []byte(v)
	return nil
}

func pushSubject(to *string, v string) error {
	*to = v
	if v == "" {
		return nil
	}
	return webpush.CheckSubject(v)
}

// hostPort joins an address and a port for net.Listen.
func hostPort(host string, port int) string { return net.JoinHostPort(host, strconv.Itoa(port)) }
