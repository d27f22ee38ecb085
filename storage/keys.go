package storage

import (
	"bytes"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"filippo.io/age"
	"github.com/google/uuid"

	"rejoinder/app"
)

// keyName is the file of a repository with the secret key, which the passphrase
// opens (age's scrypt recipient).
const keyName = "key.age"

// keys are those of an encrypted repository: with the public key backups are
// made; restoring takes the secret one.
type keys struct {
	Public string `json:"public"` // age1…
	Locked string `json:"locked"` // the secret key, encrypted with the passphrase
	Names  string `json:"names"`  // hexadecimal: what the names of originals are hashed with

	secret age.Identity // nil until unlock
}

// scryptWork is how much work, as a power of two, trying a passphrase takes: about
// a second.
var scryptWork = 18

// newKeys makes keys that the passphrase opens.
func newKeys(passphrase string) (*keys, error) {
	secret, err := age.GenerateX25519Identity()
	if err != nil {
		return nil, err
	}
	names := make([]byte, 32)
	if _, err := rand.Read(names); err != nil {
		return nil, err
	}
	lock, err := age.NewScryptRecipient(passphrase)
	if err != nil {
		return nil, app.Problem(app.ErrInvalid, "the passphrase cannot be used: %v", err)
	}
	lock.SetWorkFactor(scryptWork)
	k := &keys{Public: secret.Recipient().String(), Names: hex.EncodeToString(names), secret: secret}
	var locked bytes.Buffer
	w, err := age.Encrypt(&locked, lock)
	if err == nil {
		_, err = io.WriteString(w, secret.String()+"\n"+k.Names+"\n")
	}
	if err == nil {
		err = w.Close()
	}
	k.Locked = hex.EncodeToString(locked.Bytes())
	return k, err
}

// unlock opens the keys of a repository: app.ErrInvalid when it is not their
// passphrase, app.ErrNotFound when the repository has none.
func unlock(dir, passphrase string) (*keys, error) {
	locked, err := os.ReadFile(filepath.Join(dir, keyName))
	if errors.Is(err, os.ErrNotExist) {
		return nil, app.Problem(app.ErrNotFound, "the key of the encrypted backups, %s, is missing", filepath.Join(dir, keyName))
	}
	if err != nil {
		return nil, err
	}
	if passphrase == "" {
		return nil, app.Problem(app.ErrInvalid, "the backups in %s are encrypted: give their passphrase", dir)
	}
	lock, err := age.NewScryptIdentity(passphrase)
	if err != nil {
		return nil, app.Problem(app.ErrInvalid, "the passphrase cannot be used: %v", err)
	}
	lock.SetMaxWorkFactor(scryptWork + 4)
	r, err := age.Decrypt(bytes.NewReader(locked), lock)
	if err != nil {
		return nil, app.Problem(app.ErrInvalid, "this is not the passphrase of the backups in %s", dir)
	}
	text, err := io.ReadAll(io.LimitReader(r, 1<<16))
	if err != nil {
		return nil, app.Problem(app.ErrDamaged, "the key %s is damaged", filepath.Join(dir, keyName))
	}
	secret, names, _ := strings.Cut(strings.TrimSpace(string(text)), "\n")
	identity, err := age.ParseX25519Identity(secret)
	if err != nil {
		return nil, app.Problem(app.ErrDamaged, "the key %s is damaged", filepath.Join(dir, keyName))
	}
	return &keys{Public: identity.Recipient().String(), Locked: hex.EncodeToString(locked), Names: names, secret: identity}, nil
}

// writeInto puts the locked key into a repository that has none.
func (k *keys) writeInto(dir string) error {
	path := filepath.Join(dir, keyName)
	if _, err := os.Lstat(path); err == nil {
		return nil
	}
	locked, err := hex.DecodeString(k.Locked)
	if err != nil {
		return err
	}
	return replaceFile(path, locked)
}

// name hides which originals are kept.
func (k *keys) name(sha string) string {
	h := hmac.New(sha256.New, []byte(k.Names))
	_, _ = io.WriteString(h, sha)
	return hex.EncodeToString(h.Sum(nil))
}

// encryptFile writes a file, encrypted, to a part in dir and returns its path.
func (k *keys) encryptFile(from, dir string) (part string, err error) {
	to, err := age.ParseX25519Recipient(k.Public)
	if err != nil {
		return "", err
	}
	in, err := os.Open(from)
	if err != nil {
		return "", err
	}
	defer func() { _ = in.Close() }()
	part = filepath.Join(dir, uuid.NewString()+".part")
	out, err := os.OpenFile(part, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return "", fileError(err)
	}
	w, err := age.Encrypt(out, to)
	if err == nil {
		if _, err = io.Copy(w, in); err == nil {
			err = w.Close()
		}
	}
	if err == nil {
		err = out.Sync()
	}
	if err = errors.Join(err, out.Close()); err != nil {
		return "", errors.Join(fileError(err), removeIfThere(part))
	}
	return part, nil
}

// decryptFile writes an encrypted file to another: app.ErrDamaged.
func (k *keys) decryptFile(from, to string) error {
	if k.secret == nil {
		return app.Problem(app.ErrInvalid, "the backups are encrypted: give their passphrase")
	}
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer func() { _ = in.Close() }()
	r, err := age.Decrypt(in, k.secret)
	if err != nil {
		return app.Problem(app.ErrDamaged, "%s is damaged, or is of other backups: %v", from, err)
	}
	out, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return fileError(err)
	}
	if _, err = io.Copy(out, r); err != nil && !app.IsDiskFull(err) {
		err = fmt.Errorf("decrypt %s: %w: %w", from, app.ErrDamaged, err)
	}
	if err == nil {
		err = out.Sync()
	}
	return errors.Join(fileError(err), out.Close())
}
