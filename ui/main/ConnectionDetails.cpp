#include "ui/main/ConnectionDetails.h"

#include "ui/widgets/CloseKeys.h"
#include "ui/widgets/PlainLabel.h"

#include <QApplication>
#include <QClipboard>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>

namespace ui {
namespace {

// Of a window that was never resized, in characters and lines of the user's font.
constexpr int usualWidth = 100;
constexpr int usualLines = 38;

} // namespace

ConnectionDetails::ConnectionDetails(const ConnectionStatus &status, const QString &title,
                                     QWidget *parent)
    : QDialog(parent)
    , m_status(status)
    , m_area(new QScrollArea(this))
{
    setObjectName(QStringLiteral("connectionDetails"));
    new CloseKeys(*this);
    setAccessibleName(tr("Connection details"));
    setWindowTitle(tr("Connection details – %1").arg(title));
    setAttribute(Qt::WA_DeleteOnClose);
    m_area->setFrameShape(QFrame::NoFrame);
    m_area->setWidgetResizable(true);

    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    QPushButton *copyButton = buttons->addButton(tr("Copy all"), QDialogButtonBox::ActionRole);
    copyButton->setObjectName(QStringLiteral("connectionDetailsCopy"));
    buttons->button(QDialogButtonBox::Close)
        ->setObjectName(QStringLiteral("connectionDetailsClose"));
    connect(copyButton, &QPushButton::clicked, this, &ConnectionDetails::copy);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);

    auto *layout = new QVBoxLayout(this);
    layout->addWidget(m_area, 1);
    layout->addWidget(buttons);
    connect(&m_status, &ConnectionStatus::changed, this, &ConnectionDetails::refresh);
    refresh();
    resize(fontMetrics().averageCharWidth() * usualWidth, fontMetrics().lineSpacing() * usualLines);
    buttons->button(QDialogButtonBox::Close)->setFocus();
}

// What is selected in a label stays selected as long as its text stays.
void ConnectionDetails::refresh()
{
    const QList<ConnectionFact> facts = connectionFacts(m_status);
    const bool isSameList
        = std::ranges::equal(facts, m_shown, {}, &ConnectionFact::id, &ConnectionFact::id);
    if (!isSameList) {
        rebuild(facts);
    }
    m_shown = facts;
    for (const ConnectionFact &fact : facts) {
        const Row row = m_rows.value(fact.id);
        if (row.value->text() != fact.value) {
            row.value->setText(fact.value);
        }
        row.remark->setText(fact.remark);
        row.remark->setVisible(!fact.remark.isEmpty());
    }
}

void ConnectionDetails::rebuild(const QList<ConnectionFact> &facts)
{
    m_rows.clear();
    auto *content = new QWidget;
    auto *form = new QFormLayout(content);
    form->setLabelAlignment(Qt::AlignLeft | Qt::AlignTop);
    for (const ConnectionFact &fact : facts) {
        auto *value = new PlainLabel(fact.value, PlainLabel::Role::Value);
        value->setObjectName(QStringLiteral("detail-") + fact.id);
        value->setAccessibleName(fact.label);
        value->setWordWrap(true);
        auto *remark = new PlainLabel(fact.remark, PlainLabel::Role::Danger);
        remark->setObjectName(QStringLiteral("remark-") + fact.id);
        auto *cell = new QVBoxLayout;
        cell->setSpacing(0);
        cell->addWidget(value);
        cell->addWidget(remark);
        form->addRow(fact.label, cell);
        m_rows.insert(fact.id, {value, remark});
    }
    m_area->setWidget(content); // deletes the one before
}

void ConnectionDetails::copy() const
{
    QApplication::clipboard()->setText(factsText(m_shown));
}

} // namespace ui
