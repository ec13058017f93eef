#include "ui/keys/GenerateKeySheet.h"

#include <QComboBox>
#include <QFileInfo>
#include <QLineEdit>

#include <array>

namespace ui {
namespace {

using Type = keys::KeyRequest::Type;

struct Choice
{
    const char *text;
    const char *fileName; // as ssh-keygen names it
    Type type;
    int bits;
};

constexpr std::array choices{
    Choice{QT_TRANSLATE_NOOP("ui::GenerateKeySheet", "Ed25519 (recommended)"), "id_ed25519",
           Type::Ed25519, 0},
    Choice{QT_TRANSLATE_NOOP("ui::GenerateKeySheet", "ECDSA, 256 bits"), "id_ecdsa", Type::Ecdsa,
           256},
    Choice{QT_TRANSLATE_NOOP("ui::GenerateKeySheet", "ECDSA, 384 bits"), "id_ecdsa", Type::Ecdsa,
           384},
    Choice{QT_TRANSLATE_NOOP("ui::GenerateKeySheet", "ECDSA, 521 bits"), "id_ecdsa", Type::Ecdsa,
           521},
    Choice{QT_TRANSLATE_NOOP("ui::GenerateKeySheet", "RSA, 3072 bits"), "id_rsa", Type::Rsa, 3072},
    Choice{QT_TRANSLATE_NOOP("ui::GenerateKeySheet", "RSA, 4096 bits"), "id_rsa", Type::Rsa, 4096},
};

} // namespace

GenerateKeySheet::GenerateKeySheet(const QString &directory, QWidget *parent)
    : FormSheet(QStringLiteral("generateKeySheet"), tr("New key"), tr("Make key"), parent)
    , m_directory(directory)
    , m_type(new QComboBox(this))
    , m_file(new QLineEdit(this))
    , m_comment(new QLineEdit(QString::fromUtf8(keys::usualComment()), this))
{
    for (const Choice &choice : choices) {
        m_type->addItem(tr(choice.text));
    }
    addField(tr("Type"), m_type, QStringLiteral("generateKeyType"));
    addField(tr("File"), m_file, QStringLiteral("generateKeyFile"));
    addField(tr("Comment"), m_comment, QStringLiteral("generateKeyComment"));
    m_passphrase = addPassphraseField(tr("Passphrase"), QStringLiteral("generateKeyPassphrase"));
    m_again = addPassphraseField(tr("Passphrase again"), QStringLiteral("generateKeyAgain"));
    addRemark(tr("The passphrase encrypts the key on this computer. Without one, whoever gets the "
                 "file can log in with it."));
    connect(m_type, &QComboBox::currentIndexChanged, this, &GenerateKeySheet::handleType);
    handleType();
}

// A name that the user typed stays.
void GenerateKeySheet::handleType()
{
    const Choice &choice = choices[static_cast<std::size_t>(m_type->currentIndex())];
    if (m_file->text() == m_suggestedName) {
        m_suggestedName = freeName(QString::fromLatin1(choice.fileName));
        m_file->setText(m_suggestedName);
    }
}

QString GenerateKeySheet::freeName(const QString &name) const
{
    const QString path = m_directory + QLatin1Char('/') + name;
    QString candidate = path;
    for (int number = 2; QFileInfo::exists(candidate); ++number) {
        candidate = path + QStringLiteral("_%1").arg(number);
    }
    return candidate;
}

void GenerateKeySheet::submit()
{
    const QString path = m_file->text();
    if (!path.startsWith(QLatin1Char('/')) || path.endsWith(QLatin1Char('/'))) {
        showProblem(tr("The file needs a whole path, such as %1.").arg(m_suggestedName));
        return;
    }
    if (QFileInfo::exists(path)) {
        showProblem(tr("This file exists already, and a key is never overwritten."));
        return;
    }
    if (m_passphrase->text() != m_again->text()) {
        showProblem(tr("The two passphrases differ."));
        return;
    }
    const Choice &choice = choices[static_cast<std::size_t>(m_type->currentIndex())];
    const NewKey key{
        .path = path,
        .request
        = {.type = choice.type, .bits = choice.bits, .comment = m_comment->text().toUtf8()},
        .passphrase = base::SecretString::fromText(m_passphrase->text())};
    m_passphrase->clear();
    m_again->clear();
    emit accepted(key);
    finish();
}

} // namespace ui
