#include "ui/prompts/HostKeySheet.h"

#include "base/DisplayText.h"
#include "ui/prompts/FingerprintField.h"
#include "ui/prompts/HostKeyForm.h"
#include "ui/widgets/PlainLabel.h"

#include <QApplication>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QPushButton>
#include <QStringList>
#include <QVBoxLayout>

namespace ui {
namespace {

using Status = hostkeys::HostKeyVerdict::Status;

QString knownTypes(const hostkeys::HostKeyVerdict &verdict)
{
    QStringList types;
    for (const hostkeys::KnownKey &known : verdict.knownKeys) {
        const QString label = base::displayText(known.key.label());
        types.append(HostKeySheet::tr("%1 (%2)").arg(label, locationText(known.location)));
    }
    return types.join(QStringLiteral(", "));
}

QString explanation(const ssh::HostKeyQuestion &question)
{
    const QString host = base::displayText(question.host);
    if (question.verdict.status != Status::OtherType) {
        return HostKeySheet::tr(
                   "Nothing is known about %1 yet. Compare the fingerprint with one from whoever "
                   "runs the server: only then it is certain that nobody is listening in between.")
            .arg(host);
    }
    const QString known = knownTypes(question.verdict);
    return known.isEmpty()
        ? HostKeySheet::tr("There is a line about %1 that can not be read: whether this key is the "
                           "known one is uncertain (%2).")
              .arg(host, locationText(question.verdict.decidedBy.value_or(hostkeys::Location())))
        : HostKeySheet::tr("%1 is known by a key of another type: %2. A server may have several, "
                           "but so does somebody who wants to pass for it.")
              .arg(host, known);
}

QFormLayout *createFacts(const ssh::HostKeyQuestion &question,
                         const hostkeys::Fingerprint &fingerprint)
{
    auto *form = new QFormLayout;
    addValueRow(*form, HostKeySheet::tr("Host"), question.host);
    addValueRow(*form, HostKeySheet::tr("Port"), QString::number(question.port));
    if (!question.address.isEmpty()) {
        addValueRow(*form, HostKeySheet::tr("Address"), question.address);
    }
    if (!question.knownAs.isEmpty()) {
        addValueRow(*form, HostKeySheet::tr("Saved as"), question.knownAs);
    }
    addValueRow(*form, HostKeySheet::tr("Key type"), keyTypeText(question.key));
    addValueRow(*form, QStringLiteral("SHA256"),
                fingerprint.sha256().sliced(QStringView(u"SHA256:").size()));
    addValueRow(*form, QStringLiteral("MD5"),
                fingerprint.md5().sliced(QStringView(u"MD5:").size()));
    return form;
}

} // namespace

HostKeySheet::HostKeySheet(const ssh::HostKeyQuestion &question, const QString &expected,
                           QWidget *parent)
    : Sheet(parent)
{
    const hostkeys::Fingerprint fingerprint(question.key);
    setObjectName(QStringLiteral("hostKeySheet"));
    setAccessibleName(tr("Unknown host key"));
    const bool isOtherType = question.verdict.status == Status::OtherType;
    const QString title = isOtherType ? tr("%1 shows a host key of another type")
                                      : tr("%1 shows a host key that is not known");
    setAccessibleDescription(explanation(question));

    auto *art = new PlainLabel(fingerprint.randomart(), PlainLabel::Role::Code, this);
    art->setObjectName(QStringLiteral("hostKeyRandomart"));
    art->setAccessibleName(tr("Picture of the key"));
    auto *middle = new QHBoxLayout;
    middle->addLayout(createFacts(question, fingerprint), 1);
    middle->addWidget(art, 0, Qt::AlignTop);

    auto *layout = new QVBoxLayout(this);
    layout->addLayout(createHeading(QStringLiteral("key"),
                                    Theme::color(Theme::Meaning::Warning, QApplication::palette()),
                                    title.arg(base::displayText(question.host)), this));
    layout->addWidget(new PlainLabel(explanation(question), PlainLabel::Role::Text, this));
    if (question.verdict.hasCertificateAuthority) {
        layout->addWidget(
            new PlainLabel(tr("This host is trusted only by a certificate authority, and this "
                              "version of Ponto can "
                              "not check host certificates. To Ponto its key is unknown."),
                           PlainLabel::Role::Subtle, this));
    }
    layout->addLayout(middle);
    auto *field = new FingerprintField(question.key, QStringLiteral("hostKeyExpected"),
                                       tr("Paste the expected fingerprint to compare it"), this);
    layout->addWidget(field);
    layout->addLayout(createButtons());
    connect(field, &FingerprintField::compared, this, &HostKeySheet::handleComparison);
    field->setText(expected);
}

QLayout *HostKeySheet::createButtons()
{
    m_acceptSave = createAcceptButton(tr("Accept and save"), ssh::HostKeyAnswer::AcceptAndSave);
    m_acceptSave->setObjectName(QStringLiteral("hostKeyAcceptSave"));
    m_acceptOnce = createAcceptButton(tr("Accept once"), ssh::HostKeyAnswer::AcceptOnce);
    m_acceptOnce->setObjectName(QStringLiteral("hostKeyAcceptOnce"));
    auto *cancel = new QPushButton(tr("Cancel"), this);
    cancel->setObjectName(QStringLiteral("hostKeyCancel"));
    connect(cancel, &QPushButton::clicked, this, &Sheet::cancel);
    setFocusProxy(cancel);

    auto *row = new QHBoxLayout;
    row->addStretch();
    row->addWidget(m_acceptSave);
    row->addWidget(m_acceptOnce);
    row->addWidget(cancel);
    return row;
}

QPushButton *HostKeySheet::createAcceptButton(const QString &text, ssh::HostKeyAnswer answer)
{
    auto *button = new QPushButton(text, this);
    connect(button, &QPushButton::clicked, this, [this, answer] {
        emit accepted(answer);
        finish();
    });
    return button;
}

void HostKeySheet::handleComparison(hostkeys::Fingerprint::Comparison comparison)
{
    const bool mayAccept = comparison != hostkeys::Fingerprint::Comparison::Differs;
    m_acceptOnce->setEnabled(mayAccept);
    m_acceptSave->setEnabled(mayAccept);
}

} // namespace ui
