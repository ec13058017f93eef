#include "ui/prompts/HostKeyChangedSheet.h"

#include "base/DisplayText.h"
#include "hostkeys/Fingerprint.h"
#include "hostkeys/KnownHostsJobs.h"
#include "ui/errors/ErrorText.h"
#include "ui/prompts/FingerprintField.h"
#include "ui/prompts/HostKeyForm.h"
#include "ui/widgets/PlainLabel.h"

#include <QApplication>
#include <QClipboard>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace ui {
namespace {

using Status = hostkeys::HostKeyVerdict::Status;
using Fact = std::pair<QString, QString>; // label, value

QString title(const ssh::HostKeyRefusal &refusal)
{
    return refusal.verdict.status == Status::Revoked
        ? HostKeyChangedSheet::tr("The host key of %1 has been revoked")
        : HostKeyChangedSheet::tr("The host key of %1 has changed");
}

QString explanation(const ssh::HostKeyRefusal &refusal)
{
    if (refusal.wasConnected) {
        return HostKeyChangedSheet::tr(
            "The server has shown another key in the middle of the connection, when new session "
            "keys were due. Somebody may have taken the connection over. It has been ended.");
    }
    return refusal.verdict.status == Status::Revoked
        ? HostKeyChangedSheet::tr(
              "Somebody marked this key as one that must never be trusted, usually because it was "
              "stolen. The connection has been refused, and nothing was sent.")
        : HostKeyChangedSheet::tr(
              "Somebody may be pretending to be this server, to read your password and everything "
              "else. Or the server was set up anew. The connection has been refused, and nothing "
              "was sent.");
}

QString advice(const ssh::HostKeyRefusal &refusal)
{
    if (refusal.wasConnected) {
        return HostKeyChangedSheet::tr(
            "Do not reconnect before whoever runs the server has told you what happened.");
    }
    return refusal.verdict.status == Status::Revoked
        ? HostKeyChangedSheet::tr("Ask whoever runs the server for a new key.")
        : HostKeyChangedSheet::tr(
              "Ask whoever runs the server whether its key was changed on purpose, and for the "
              "fingerprint of the new one. Only if they agree, type or paste that fingerprint "
              "here, "
              "or remove the line named above in the list of host keys.");
}

// Where the key contradicts no line of a file, there is nothing to replace: that of a second
// connection must be the one that the first had.
bool isReplaceable(const ssh::HostKeyRefusal &refusal)
{
    return refusal.verdict.status == Status::Changed && refusal.verdict.decidedBy;
}

// Why the known key stays.
QString failureText(const base::Error &error)
{
    const QString line = base::displayText(error.subject);
    switch (error.kind) {
    case base::ErrorKind::ReadOnly:
        return HostKeyChangedSheet::tr("Nothing was changed: %1 is a line that Ponto only reads. "
                                       "Whoever looks after that file must change it.")
            .arg(line);
    case base::ErrorKind::Unsupported:
        return HostKeyChangedSheet::tr("Nothing was changed: %1 speaks of several hosts by a "
                                       "pattern. Change it in the list of host keys.")
            .arg(line);
    case base::ErrorKind::HostKeyMismatch:
        return HostKeyChangedSheet::tr("Nothing was changed: this key has been revoked in %1.")
            .arg(line);
    default:
        return errorText(error).toSentence();
    }
}

QList<Fact> facts(const ssh::HostKeyRefusal &refusal)
{
    const QString port = QString::number(refusal.port);
    const QString where = refusal.address.isEmpty()
        ? HostKeyChangedSheet::tr("%1, port %2").arg(refusal.host, port)
        : HostKeyChangedSheet::tr("%1, port %2 (%3)").arg(refusal.host, port, refusal.address);
    QList<Fact> list{{HostKeyChangedSheet::tr("Server"), where}};
    for (const hostkeys::KnownKey &known : refusal.verdict.knownKeys) {
        if (known.key.type() == refusal.key.type() && known.key != refusal.key) {
            list.append(
                {HostKeyChangedSheet::tr("Known key"), hostkeys::Fingerprint(known.key).sha256()});
            if (!known.location.file.isEmpty()) {
                list.append({HostKeyChangedSheet::tr("Known from"), locationText(known.location)});
            }
        }
    }
    list.append(
        {HostKeyChangedSheet::tr("Key shown now"), hostkeys::Fingerprint(refusal.key).sha256()});
    list.append({HostKeyChangedSheet::tr("Its type"), keyTypeText(refusal.key)});
    const bool isNamed = refusal.verdict.decidedBy
        && std::ranges::contains(list, locationText(*refusal.verdict.decidedBy), &Fact::second);
    if (refusal.verdict.decidedBy && !isNamed) {
        list.append({HostKeyChangedSheet::tr("Refused because of"),
                     locationText(*refusal.verdict.decidedBy)});
    }
    return list;
}

} // namespace

HostKeyChangedSheet::HostKeyChangedSheet(const ssh::HostKeyRefusal &refusal, QWidget *parent)
    : Sheet(parent, Theme::Meaning::Danger)
    , m_refusal(refusal)
{
    setObjectName(QStringLiteral("hostKeyChangedSheet"));
    setAccessibleName(refusal.verdict.status == Status::Revoked ? tr("Host key revoked")
                                                                : tr("Host key changed"));
    setAccessibleDescription(explanation(refusal));
    const QString heading = title(refusal).arg(base::displayText(refusal.host));
    m_details = heading + u'\n';
    auto *form = new QFormLayout;
    for (const auto &[label, value] : facts(refusal)) {
        addValueRow(*form, label, value);
        m_details += label + QStringLiteral(": ") + base::displayText(value) + u'\n';
    }

    auto *layout = new QVBoxLayout(this);
    layout->addLayout(createHeading(QStringLiteral("warning"),
                                    Theme::color(Theme::Meaning::Danger, QApplication::palette()),
                                    heading, this));
    layout->addWidget(new PlainLabel(explanation(refusal), PlainLabel::Role::Text, this));
    layout->addLayout(form);
    layout->addWidget(new PlainLabel(advice(refusal), PlainLabel::Role::Text, this));
    if (isReplaceable(refusal)) {
        createReplacement(*layout);
    }
    layout->addLayout(createButtons());
}

void HostKeyChangedSheet::createReplacement(QVBoxLayout &layout)
{
    m_expected = new FingerprintField(
        m_refusal.key, QStringLiteral("hostKeyChangedExpected"),
        tr("Fingerprint of the new key, from whoever runs the server"), this);
    m_failure = new PlainLabel({}, PlainLabel::Role::Danger, this);
    m_failure->setObjectName(QStringLiteral("hostKeyChangedFailure"));
    m_failure->hide();
    m_replace = new QPushButton(tr("Replace the known key"), this);
    m_replace->setObjectName(QStringLiteral("hostKeyChangedReplace"));
    m_replace->setEnabled(false);
    layout.addWidget(m_expected);
    layout.addWidget(m_failure);
    connect(m_expected, &FingerprintField::compared, m_replace,
            [this](hostkeys::Fingerprint::Comparison comparison) {
                m_replace->setEnabled(comparison == hostkeys::Fingerprint::Comparison::Matches);
            });
    connect(m_replace, &QPushButton::clicked, this, &HostKeyChangedSheet::replace);
}

QLayout *HostKeyChangedSheet::createButtons()
{
    auto *copy = new QPushButton(tr("Copy details"), this);
    copy->setObjectName(QStringLiteral("hostKeyChangedCopy"));
    connect(copy, &QPushButton::clicked, this, &HostKeyChangedSheet::copyDetails);
    auto *close = new QPushButton(tr("Close"), this);
    close->setObjectName(QStringLiteral("hostKeyChangedClose"));
    connect(close, &QPushButton::clicked, this, &Sheet::cancel);
    setFocusProxy(close);
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(copy);
    buttons->addStretch();
    if (m_replace != nullptr) {
        buttons->addWidget(m_replace);
    }
    buttons->addWidget(close);
    return buttons;
}

void HostKeyChangedSheet::replace()
{
    m_replace->setEnabled(false);
    m_expected->setEnabled(false);
    hostkeys::replaceInPool(m_refusal.scope, m_refusal.key)
        .then(this, [this](const base::Result<QList<hostkeys::FileChange>> &changes) {
            handleReplaced(changes);
        });
}

void HostKeyChangedSheet::handleReplaced(const base::Result<QList<hostkeys::FileChange>> &changes)
{
    if (changes) {
        emit replaced(m_refusal);
        finish();
        return;
    }
    m_failure->setText(failureText(changes.error()));
    m_failure->show();
    m_expected->setEnabled(true);
}

void HostKeyChangedSheet::copyDetails() const
{
    QApplication::clipboard()->setText(m_details);
}

} // namespace ui
