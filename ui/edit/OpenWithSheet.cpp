#include "ui/edit/OpenWithSheet.h"

#include "ui/widgets/PlainLabel.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ui {

OpenWithSheet::OpenWithSheet(const QString &name, const QStringList &programs, QWidget *parent)
    : Sheet(parent)
    , m_command(new QComboBox)
{
    setObjectName(u"openWithSheet"_s);
    m_command->setObjectName(u"openWithCommand"_s);
    m_command->setAccessibleName(tr("Program"));
    m_command->setEditable(true);
    m_command->addItems(programs);
    m_command->lineEdit()->setPlaceholderText(tr("The desktop’s program for files of this type"));
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    auto *open = buttons->addButton(tr("Open"), QDialogButtonBox::AcceptRole);
    open->setObjectName(u"openWithOpen"_s);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(new PlainLabel(tr("Open “%1” with").arg(name), PlainLabel::Role::Title));
    layout->addWidget(m_command);
    layout->addWidget(new PlainLabel(
        tr("A copy is opened. Each time the program saves it, it is sent back to its place."),
        PlainLabel::Role::Subtle));
    layout->addWidget(buttons);
    setFocusProxy(m_command);
    const auto accept = [this] {
        emit accepted(m_command->currentText().trimmed());
        finish();
    };
    connect(open, &QPushButton::clicked, this, accept);
    connect(m_command->lineEdit(), &QLineEdit::returnPressed, this, accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &Sheet::cancel);
}

} // namespace ui
