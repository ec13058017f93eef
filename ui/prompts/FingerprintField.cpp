#include "ui/prompts/FingerprintField.h"

#include "base/DisplayText.h"
#include "ui/theme/Theme.h"
#include "ui/widgets/PlainLabel.h"

#include <QApplication>
#include <QEvent>
#include <QLineEdit>
#include <QVBoxLayout>

namespace ui {

FingerprintField::FingerprintField(const hostkeys::HostKey &key, const QString &name,
                                   const QString &placeholder, QWidget *parent)
    : QWidget(parent)
    , m_fingerprint(key)
    , m_edit(new QLineEdit(this))
    , m_label(new PlainLabel({}, PlainLabel::Role::Text, this))
{
    m_edit->setObjectName(name);
    m_edit->setAccessibleName(tr("Expected fingerprint"));
    m_edit->setPlaceholderText(placeholder);
    m_edit->setClearButtonEnabled(true);
    m_label->setObjectName(QStringLiteral("hostKeyComparison"));
    setFocusProxy(m_edit);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_edit);
    layout->addWidget(m_label);
    connect(m_edit, &QLineEdit::textChanged, this, &FingerprintField::compare);
    compare();
}

void FingerprintField::setText(const QString &text)
{
    m_edit->setText(base::displayText(text));
}

void FingerprintField::compare()
{
    const QString typed = m_edit->text().trimmed();
    m_comparison = typed.isEmpty() ? Comparison::Unreadable : m_fingerprint.compare(typed);
    QString text;
    Theme::Meaning meaning = Theme::Meaning::Subtle;
    if (m_comparison == Comparison::Matches) {
        text = tr("Matches: this is the expected key.");
        meaning = Theme::Meaning::Ok;
    } else if (m_comparison == Comparison::Differs) {
        text = tr("Differs: this is not the expected key. Do not go on.");
        meaning = Theme::Meaning::Danger;
    } else if (!typed.isEmpty()) {
        text = tr("This is not a whole SHA256 or MD5 fingerprint yet.");
    }
    m_label->setText(text);
    m_label->setVisible(!text.isEmpty());
    QPalette palette = QApplication::palette();
    palette.setColor(QPalette::WindowText, Theme::color(meaning, palette));
    m_label->setPalette(palette);
    emit compared(m_comparison);
}

void FingerprintField::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::ApplicationPaletteChange) {
        compare();
    }
}

} // namespace ui
