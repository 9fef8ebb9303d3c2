export const liftMute = () => undefined
