#include "ui/forwards/ForwardForm.h"

#include "ui/errors/ForwardErrorText.h"
#include "ui/forwards/ForwardText.h"
#include "ui/widgets/PlainLabel.h"

#include <QComboBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QSignalBlocker>

namespace ui {

using profiles::Forward;

ForwardDraft ForwardDraft::of(const Forward &forward)
{
    const bool hasTarget = forward.kind != Forward::Kind::Dynamic;
    return {forward.kind, forward.listen.toString(),
            hasTarget ? forward.target.toString() : QString()};
}

base::Result<Forward, profiles::ForwardError> ForwardDraft::forward() const
{
    if (listen.isEmpty()) {
        return base::Failure(profiles::ForwardError::Empty);
    }
    return Forward::parse(kind, kind == Forward::Kind::Dynamic ? listen : listen + u':' + target);
}

ForwardForm::ForwardForm(const QString &prefix, QWidget *parent)
    : QWidget(parent)
    , m_kind(new QComboBox)
    , m_listen(new QLineEdit)
    , m_target(new QLineEdit)
    , m_listenLabel(new QLabel)
    , m_targetLabel(new QLabel)
    , m_warning(new PlainLabel({}, PlainLabel::Role::Subtle))
{
    for (const auto kind : {Forward::Kind::Local, Forward::Kind::Remote, Forward::Kind::Dynamic}) {
        m_kind->addItem(forwardKindLongText(kind), static_cast<int>(kind));
    }
    m_kind->setMinimumContentsLength(10); // the texts are longer than the page is wide
    m_kind->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_kind->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_kind->setObjectName(prefix + QStringLiteral("Kind"));
    m_kind->setAccessibleName(tr("Kind"));
    m_listen->setObjectName(prefix + QStringLiteral("Listen"));
    m_target->setObjectName(prefix + QStringLiteral("Target"));
    m_target->setPlaceholderText(tr("host:port, or /path/to/socket"));
    m_warning->setObjectName(prefix + QStringLiteral("Warning"));
    auto *kindLabel = new QLabel(tr("&Kind"));
    kindLabel->setBuddy(m_kind);
    m_listenLabel->setBuddy(m_listen);
    m_targetLabel->setBuddy(m_target);
    auto *layout = new QFormLayout(this);
    layout->setContentsMargins({});
    layout->setFieldGrowthPolicy(QFormLayout::ExpandingFieldsGrow);
    layout->addRow(kindLabel, m_kind);
    layout->addRow(m_listenLabel, m_listen);
    layout->addRow(m_targetLabel, m_target);
    layout->addRow(m_warning);
    setFocusProxy(m_listen);

    connect(m_kind, &QComboBox::currentIndexChanged, this, [this] {
        updateFields();
        emit edited();
    });
    for (QLineEdit *edit : {m_listen, m_target}) {
        connect(edit, &QLineEdit::textEdited, this, [this] {
            updateWarning();
            emit edited();
        });
    }
    updateFields();
}

void ForwardForm::setDraft(const ForwardDraft &draft)
{
    const QSignalBlocker blocker(m_kind);
    m_kind->setCurrentIndex(m_kind->findData(static_cast<int>(draft.kind)));
    m_listen->setText(draft.listen);
    m_target->setText(draft.target);
    updateFields();
}

ForwardDraft ForwardForm::draft() const
{
    return {static_cast<Forward::Kind>(m_kind->currentData().toInt()), m_listen->text().trimmed(),
            m_target->text().trimmed()};
}

void ForwardForm::updateFields()
{
    const Forward::Kind kind = draft().kind;
    const bool isRemote = kind == Forward::Kind::Remote;
    const bool hasTarget = kind != Forward::Kind::Dynamic;
    m_listenLabel->setText(isRemote ? tr("&Listen there on") : tr("&Listen here on"));
    m_listen->setAccessibleName(isRemote ? tr("Listen there on") : tr("Listen here on"));
    m_listen->setPlaceholderText(
        isRemote ? tr("port, or address:port; 0 lets the server choose")
                 : tr("port, address:port, or /path/to/socket; 0 for any port"));
    m_targetLabel->setText(isRemote ? tr("&Target, seen from here")
                                    : tr("&Target, seen from there"));
    m_target->setAccessibleName(isRemote ? tr("Target, seen from here")
                                         : tr("Target, seen from there"));
    m_target->setVisible(hasTarget);
    m_targetLabel->setVisible(hasTarget);
    updateWarning();
}

void ForwardForm::updateWarning()
{
    const auto typed = draft().forward();
    const QString warning = typed ? forwardWarningText(*typed) : QString();
    m_warning->setText(warning);
    m_warning->setVisible(!warning.isEmpty());
}

} // namespace ui
