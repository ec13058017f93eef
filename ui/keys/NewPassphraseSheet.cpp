#include "ui/keys/NewPassphraseSheet.h"

#include "base/DisplayText.h"

#include <QLineEdit>

namespace ui {

NewPassphraseSheet::NewPassphraseSheet(const QString &keyFile, QWidget *parent)
    : FormSheet(QStringLiteral("newPassphraseSheet"),
                tr("New passphrase for the key %1").arg(base::displayText(keyFile)),
                tr("Change passphrase"), parent)
    , m_passphrase(addPassphraseField(tr("New passphrase"), QStringLiteral("newPassphraseEdit")))
    , m_again(addPassphraseField(tr("New passphrase again"), QStringLiteral("newPassphraseAgain")))
{
    addRemark(tr("Leave both fields empty to take the passphrase away: then whoever gets the file "
                 "can log in with it."));
}

void NewPassphraseSheet::submit()
{
    if (m_passphrase->text() != m_again->text()) {
        showProblem(tr("The two passphrases differ."));
        return;
    }
    const auto passphrase = base::SecretString::fromText(m_passphrase->text());
    m_passphrase->clear();
    m_again->clear();
    emit accepted(passphrase);
    finish();
}

} // namespace ui
