#include "ui/errors/SecretText.h"

#include "base/DisplayText.h"

#include <QCoreApplication>

namespace ui {
namespace {

using base::ErrorKind;
using vault::Place;

QString tr(const char *text)
{
    return QCoreApplication::translate("ui::SecretText", text);
}

QString withDetail(const QString &sentence, const base::Error &error)
{
    return error.detail.isEmpty()
        ? sentence
        : sentence + u' ' + tr("(%1)").arg(base::displayText(error.detail));
}

QString settingsText(ReadIn readIn)
{
    return readIn == ReadIn::Settings ? tr("here") : tr("under Secrets in the settings");
}

QString keyringProblem(const base::Error &error, ReadIn readIn)
{
    switch (error.kind) {
    case ErrorKind::TimedOut:
        return tr(
            "The keyring did not answer in time: it hangs, or waits to be unlocked. Unlock it "
            "and try again.");
    case ErrorKind::PermissionDenied:
        return tr("The keyring is locked, or refused access. Unlock it and try again.");
    case ErrorKind::NotFound:
        return tr("The keyring does not have it any more.");
    default:
        return tr("There is no keyring that can be used: install one, such as GNOME Keyring, "
                  "KWallet or KeePassXC, or choose the encrypted file %1.")
            .arg(settingsText(readIn));
    }
}

QString fileProblem(const base::Error &error, ReadIn readIn)
{
    switch (error.kind) {
    case ErrorKind::PermissionDenied:
        return tr("The encrypted file is locked: its master password is needed.");
    case ErrorKind::NotFound:
        return tr("There is no encrypted file yet, or it does not hold this. Choose a master "
                  "password %1 to begin one.")
            .arg(settingsText(readIn));
    case ErrorKind::ProtocolViolation:
        return withDetail(tr("The encrypted file is damaged, or was tampered with. Ponto has left "
                             "it as it is: put a copy of it back, or start a new one %1.")
                              .arg(settingsText(readIn)),
                          error);
    case ErrorKind::Unsupported:
        return tr("The encrypted file was written by a newer Ponto: use that one.");
    case ErrorKind::TimedOut:
        return tr("Another program keeps the encrypted file locked. Close it and try again.");
    case ErrorKind::NoSpace:
        return tr("There is no room left for the encrypted file. Free some space on the disk.");
    default:
        return withDetail(tr("The encrypted file can not be used."), error);
    }
}

} // namespace

QString placeText(Place place)
{
    switch (place) {
    case Place::Keyring:
        return tr("the keyring");
    case Place::File:
        return tr("the encrypted file");
    case Place::Nowhere:
        break;
    }
    return {};
}

QString secretProblemText(Place place, const base::Error &error, ReadIn readIn)
{
    return place == Place::File ? fileProblem(error, readIn) : keyringProblem(error, readIn);
}

} // namespace ui
