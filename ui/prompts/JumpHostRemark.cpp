#include "ui/prompts/JumpHostRemark.h"

#include "base/DisplayText.h"
#include "ui/widgets/PlainLabel.h"
#include "ui/widgets/Sheet.h"

#include <QBoxLayout>
#include <QCoreApplication>

namespace ui {

void nameJumpHost(Sheet &sheet, const QString &jumpHost)
{
    if (jumpHost.isEmpty()) {
        return;
    }
    const QString text
        = QCoreApplication::translate("ui::JumpHostRemark",
                                      "This is about the jump host %1, on the way to the server.")
              .arg(base::displayText(jumpHost));
    auto *label = new PlainLabel(text, PlainLabel::Role::Text, &sheet);
    label->setObjectName(QStringLiteral("promptJumpHost"));
    sheet.setAccessibleDescription(text + u' ' + sheet.accessibleDescription());
    qobject_cast<QBoxLayout *>(sheet.layout())->insertWidget(1, label);
}

} // namespace ui
